import type { AwsReads } from '../changes/aws-facts.ts';
import type { AwsClients } from './clients.ts';
import { makeReadAlarms, makeReadFirings } from './read-alarms.ts';
import { makeReadConfig, makeReadEndpoint, makeReadModel } from './read-endpoint.ts';
import { makeListVersions, makeReadRunImages, makeReadVersion } from './read-package.ts';
import { makeReadReport, type ReportRules } from './read-report.ts';

/** Everything that plans and the reconciler read, on the clients of one account and region. */
export function makeAwsReads({ reading }: Pick<AwsClients, 'reading'>, rules: ReportRules = {}): AwsReads {
  const readRunImages = makeReadRunImages(reading.s3);
  const readVersion = makeReadVersion(reading.sageMaker, readRunImages);
  return {
    readEndpoint: makeReadEndpoint(reading.sageMaker),
    readConfig: makeReadConfig(reading.sageMaker),
    readModel: makeReadModel(reading.sageMaker, { readVersion, readRunImages }),
    listVersions: makeListVersions(reading.sageMaker),
    readVersion,
    readReport: makeReadReport(reading.s3, rules),
    readAlarms: makeReadAlarms(reading.cloudWatch),
    readFirings: makeReadFirings(reading.cloudWatch),
  };
}
