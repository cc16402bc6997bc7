export type S3Address = { readonly bucket: string; readonly key: string };

/** `s3://bucket/key`; undefined for anything else. */
export function parseS3Uri(uri: string): S3Address | undefined {
  const match = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
  const [, bucket, key] = match ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}
