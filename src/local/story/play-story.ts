import type { World } from '../open-world.ts';
import { scenes } from './scenes.ts';
import type { Print } from './transcript.ts';
import { makePlayer, type Player } from './watch.ts';

export type Cast = { readonly ana: Player; readonly bo: Player; readonly mira: Player };
/** What a scene has to play with. */
export type Scenery = {
  readonly world: World;
  readonly cast: Cast;
  readonly channel: string;
  readonly says: (words: string) => void;
};

/** Plays one model's day from start to end; every act is a real command or click, every wait is for a fact. */
export async function playStory(world: World, print: Print): Promise<void> {
  const channel = 'C0PROMO';
  const player = (user: string): Player => makePlayer(world.slack, user, channel);
  const cast = { ana: player('U0ANA'), bo: player('U0BO'), mira: player('U0MIRA') };
  for (const [index, scene] of scenes.entries()) {
    print(`\n━━ ${index + 1}. ${scene.title}`);
    await scene.play({ world, cast, channel, says: (words) => print(`\n  ➤ ${words}`) });
  }
}
