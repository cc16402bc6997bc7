import { auditExport } from './audit/export.ts';
import { auditList } from './audit/list.ts';
import { auditVerify } from './audit/verify.ts';
import { configCheck } from './config-check.ts';
import { makeHelp } from './help.ts';
import { manifest } from './manifest.ts';
import type { VerbTable } from './verb.ts';

/** Every verb that reads, checks or prints. Those that start something are added by the entry. */
export const verbs: VerbTable = {
  'config check': configCheck,
  'audit verify': auditVerify,
  'audit list': auditList,
  'audit export': auditExport,
  manifest,
};

/** The whole command line: what starts something first, then the rest, then the list of it all. */
export function commandLine(starting: VerbTable): VerbTable {
  const table: VerbTable = { ...starting, ...verbs, help: makeHelp(() => table) };
  return table;
}
