import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { sha256Hex } from '../../kernel/digest.ts';
import { imageDigest, imageUri } from './ml/logistic-regression-container.ts';
import type { TrainedVersion } from './ml/train-versions.ts';

/** Where versions are registered, and which. */
export type Registration = {
  readonly sagemaker: SageMakerClient;
  readonly s3: S3Client;
  readonly bucket: string;
  readonly group: string;
  readonly account: string;
  readonly region: string;
  readonly versions: readonly TrainedVersion[];
};

/** Puts artefacts and reports into a new bucket and registers each version, waiting for approval. Returns the ARNs. */
export async function registerVersions(registration: Registration): Promise<readonly string[]> {
  const { sagemaker, s3, bucket, group } = registration;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await sagemaker.send(
    new CreateModelPackageGroupCommand({
      ModelPackageGroupName: group,
      ModelPackageGroupDescription: 'Who will be promoted: logistic regressions on the employee file.',
    }),
  );
  const arns: string[] = [];
  for (const [index, version] of registration.versions.entries()) {
    arns.push(await registerVersion(registration, version, index + 1));
  }
  return arns;
}

async function registerVersion(to: Registration, trained: TrainedVersion, version: number): Promise<string> {
  const report = `${JSON.stringify(trained.report, null, 2)}\n`;
  const model = await put(to, `${to.group}/${version}/model.json`, trained.artefact);
  const evaluation = await put(to, `${to.group}/${version}/evaluation.json`, report);
  const answer = await to.sagemaker.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: to.group,
      ModelPackageDescription: `Logistic regression, ${trained.report.split.train} training rows.`,
      InferenceSpecification: {
        Containers: [
          {
            Image: imageUri(to.account, to.region),
            ImageDigest: imageDigest,
            ModelDataUrl: model.url,
            ...(model.etag === undefined ? {} : { ModelDataETag: model.etag }),
          },
        ],
        SupportedContentTypes: ['text/csv'],
        SupportedResponseMIMETypes: ['text/csv'],
        SupportedRealtimeInferenceInstanceTypes: ['ml.m5.large', 'ml.m5.xlarge'],
      },
      ModelMetrics: {
        ModelQuality: {
          Statistics: {
            ContentType: 'application/json',
            S3Uri: evaluation.url,
            ContentDigest: `sha256:${sha256Hex(report)}`,
          },
        },
      },
      ModelApprovalStatus: 'PendingManualApproval',
      CustomerMetadataProperties: {
        algorithm: trained.report.algorithm,
        'training-rows': String(trained.report.split.train),
        'split-seed': String(trained.report.split.seed),
        threshold: String(trained.report.threshold),
      },
    }),
  );
  if (answer.ModelPackageArn === undefined)
    throw new Error(`Version ${version} of ${to.group} came back without an ARN.`);
  return answer.ModelPackageArn;
}

/** S3 quotes its ETags in the header; SageMaker names them without quotes. */
async function put(to: Registration, key: string, text: string): Promise<{ url: string; etag: string | undefined }> {
  const stored = await to.s3.send(
    new PutObjectCommand({ Bucket: to.bucket, Key: key, Body: text, ContentType: 'application/json' }),
  );
  return { url: `s3://${to.bucket}/${key}`, etag: stored.ETag?.replaceAll('"', '') };
}
