import type { VerbTable } from '../cli/verb.ts';

/** The verbs that start something. Each is loaded when it is asked for, so that `start` never loads the local world. */
export const startingVerbs: VerbTable = {};
