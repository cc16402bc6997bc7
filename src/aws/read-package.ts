import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  DescribeModelPackageCommand,
  type DescribeModelPackageCommandOutput,
  ListModelPackagesCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { AwsReads, ReportSource, VersionFacts, VersionShown } from '../changes/aws-facts.ts';
import type { RunImage } from '../changes/plan.ts';
import { findingOne } from './aws-fault.ts';
import type { ReadRunImages } from './read-endpoint.ts';
import { parseS3Uri } from './s3-address.ts';

const pageSize = 100;

/** Every version of a package group, newest first. Without the group SageMaker would list unversioned packages alone. */
export function makeListVersions(sageMaker: SageMakerClient): AwsReads['listVersions'] {
  return async function listVersions(packageGroup) {
    const versions: VersionShown[] = [];
    let NextToken: string | undefined;
    do {
      const page = await findingOne('sagemaker:ListModelPackages', () =>
        sageMaker.send(
          new ListModelPackagesCommand({
            ModelPackageGroupName: packageGroup,
            SortBy: 'CreationTime',
            SortOrder: 'Descending',
            MaxResults: pageSize,
            ...(NextToken ? { NextToken } : {}),
          }),
        ),
      );
      for (const summary of page?.ModelPackageSummaryList ?? []) versions.push(versionShown(summary));
      NextToken = page?.NextToken;
    } while (NextToken);
    return versions;
  };
}

/** One version with what runs inside it, by content, and where its evaluation report lies. */
export function makeReadVersion(sageMaker: SageMakerClient, readRunImages: ReadRunImages): AwsReads['readVersion'] {
  return async function readVersion(packageArn): Promise<VersionFacts | undefined> {
    const shown = await findingOne('sagemaker:DescribeModelPackage', () =>
      sageMaker.send(new DescribeModelPackageCommand({ ModelPackageName: packageArn })),
    );
    if (!shown) return undefined;
    const images = await readRunImages(shown.InferenceSpecification?.Containers ?? []);
    return {
      ...versionShown(shown),
      images,
      instanceTypes: shown.InferenceSpecification?.SupportedRealtimeInferenceInstanceTypes ?? [],
      report: reportOf(shown, images),
    };
  };
}

/**
 * What containers run, by digest and by what lies at the artefact's address now: SageMaker loads that, whatever the
 * registry says. An ETag that was registered and is no longer the object's is said, so that a check can stop it.
 */
export function makeReadRunImages(s3: S3Client): ReadRunImages {
  return async function readRunImages(containers) {
    return await Promise.all(
      containers.map(async ({ Image = '', ImageDigest, ModelDataUrl = '', ModelDataETag }): Promise<RunImage> => {
        const digest = ImageDigest ?? /@(sha256:[0-9a-f]{64})$/i.exec(Image)?.[1] ?? '';
        const known = { image: Image, digest, artefact: ModelDataUrl };
        // A container without an artefact is known by its image alone.
        if (ModelDataUrl === '') return { ...known, etag: 'none' };
        const object = await readHead(s3, ModelDataUrl);
        const exchanged = object?.etag !== undefined && ModelDataETag !== undefined && object.etag !== ModelDataETag;
        // Empty when the artefact is not there: a check says so in words.
        return { ...known, etag: object?.version ?? object?.etag ?? '', ...(exchanged ? { exchanged } : {}) };
      }),
    );
  };
}

async function readHead(s3: S3Client, uri: string) {
  const address = parseS3Uri(uri);
  if (!address) return undefined;
  const head = await findingOne('s3:HeadObject', () =>
    s3.send(new HeadObjectCommand({ Bucket: address.bucket, Key: address.key })),
  );
  return head && { version: head.VersionId, etag: head.ETag?.replaceAll('"', '') };
}

const statuses: Readonly<Record<string, VersionShown['status']>> = {
  Pending: 'pending',
  InProgress: 'in-progress',
  Completed: 'completed',
  Failed: 'failed',
  Deleting: 'deleting',
};
const approvals: Readonly<Record<string, VersionShown['approval']>> = {
  Approved: 'approved',
  Rejected: 'rejected',
  PendingManualApproval: 'pending',
};

type Described = Pick<
  DescribeModelPackageCommandOutput,
  'ModelPackageArn' | 'ModelPackageVersion' | 'ModelPackageStatus' | 'ModelApprovalStatus'
>;

function versionShown(shown: Described): VersionShown {
  return {
    version: shown.ModelPackageVersion ?? 0,
    packageArn: shown.ModelPackageArn ?? '',
    status: statuses[shown.ModelPackageStatus ?? ''] ?? 'pending',
    approval: approvals[shown.ModelApprovalStatus ?? ''] ?? 'pending',
  };
}

function reportOf(shown: DescribeModelPackageCommandOutput, images: readonly RunImage[]): ReportSource | undefined {
  const source = shown.ModelMetrics?.ModelQuality?.Statistics;
  if (source?.S3Uri === undefined) return undefined;
  const sha256 = source.ContentDigest?.toLowerCase().replace(/^sha256:/, '');
  const artefact = images[0]?.artefact ?? '';
  return { uri: source.S3Uri, artefact, ...(sha256 === undefined ? {} : { sha256 }) };
}
