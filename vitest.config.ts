import { defineConfig } from 'vitest/config';

/** These start the bot, the world or the whole command line as processes of their own, so they run after the others, one by one. */
const processes = ['test/journeys/kill.test.ts', 'test/journeys/world*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['test/kit/build-once.ts'],
    env: { NODE_NO_WARNINGS: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'specs',
          include: ['test/**/*.test.ts'],
          exclude: processes,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'processes', include: processes, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
