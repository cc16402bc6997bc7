import { execFileSync } from 'node:child_process';

/** Journeys start the bot as a process of its own, so the compiled product has to be there before any test runs. */
export function setup(): void {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}
