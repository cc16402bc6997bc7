import { randomUUID } from 'node:crypto';
import { type EpochMs, isoInstant, plus } from '../../../kernel/time.ts';
import type { DomainClock } from '../../clock/domain-clock.ts';
import type { Dice } from '../kit/dice.ts';
import { type ObjectStore, s3Place } from '../s3/object-store.ts';
import type { Capture } from '../sagemaker/fleet.ts';

/** One side of an invocation, as a capture record holds it. */
type Side = { readonly body: string; readonly contentType: string };

/** An answered invocation that may be captured. */
export type Captured = {
  readonly endpoint: string;
  readonly variant: string;
  readonly isShadow: boolean;
  readonly inferenceId?: string;
  readonly at: EpochMs;
  readonly input: Side;
  readonly output: Side;
  readonly capture: Capture;
};

export type CaptureWriter = { readonly take: (captured: Captured) => void; readonly flush: () => void };

/** Capture files arrive late; on AWS it is a couple of minutes. Domain time. */
const deliveryLagMs = 60_000;

type Open = { readonly bucket: string; readonly key: string; readonly lines: string[] };

/** Collects records and writes them as `DEST/ENDPOINT/VARIANT/yyyy/mm/dd/hh/MM-SS-mmm-UUID.jsonl`, one hour per file. */
export function openCaptureWriter(store: ObjectStore, clock: DomainClock, dice: Dice): CaptureWriter {
  const open = new Map<string, Open>();

  function write(folder: string): void {
    const file = open.get(folder);
    open.delete(folder);
    if (file) store.put({ bucket: file.bucket, key: file.key, body: Buffer.from(`${file.lines.join('\n')}\n`) });
  }

  function openFile(folder: string, at: EpochMs): Open | undefined {
    const place = s3Place(folder);
    // As on AWS, capture into a bucket that is not there stops without a word to the caller.
    if (!place || !store.hasBucket(place.bucket)) return undefined;
    const file = { bucket: place.bucket, key: `${place.key}/${fileName(at)}`, lines: [] };
    open.set(folder, file);
    clock.at(plus(at, deliveryLagMs), `capture:${folder}`, () => write(folder));
    return file;
  }

  return {
    take: (captured) => {
      const { capture, at } = captured;
      if (!capture.EnableCapture || dice() * 100 >= capture.InitialSamplingPercentage) return;
      const folder = `${capture.DestinationS3Uri.replace(/\/+$/, '')}/${captured.endpoint}/${captured.variant}/${hourPath(at)}`;
      const file = open.get(folder) ?? openFile(folder, at);
      file?.lines.push(recordLine(captured));
    },
    flush: () => {
      for (const folder of [...open.keys()]) write(folder);
    },
  };
}

function recordLine({ capture, input, output, isShadow, inferenceId, at }: Captured): string {
  const modes = capture.CaptureOptions.map((option) => option.CaptureMode);
  const wants = (mode: string): boolean => modes.some((found) => found === mode || found === 'InputAndOutput');
  return JSON.stringify({
    captureData: {
      ...(wants('Input') ? { endpointInput: sideRecord(input, 'INPUT', capture) } : {}),
      ...(wants('Output') ? { endpointOutput: sideRecord(output, 'OUTPUT', capture) } : {}),
    },
    eventMetadata: {
      eventId: randomUUID(),
      ...(inferenceId === undefined ? {} : { inferenceId }),
      ...(isShadow ? { invocationSource: 'ShadowExperiment' } : {}),
      inferenceTime: `${isoInstant(at).slice(0, 19)}Z`,
    },
    eventVersion: '0',
  });
}

function sideRecord({ body, contentType }: Side, mode: string, capture: Capture): unknown {
  const encoding = encodingOf(contentType, capture);
  const data = encoding === 'BASE64' ? Buffer.from(body).toString('base64') : body;
  return { observedContentType: contentType, mode, data, encoding };
}

/** Content types that the configuration does not list are captured in base64. */
function encodingOf(contentType: string, { CaptureContentTypeHeader: types }: Capture): 'CSV' | 'JSON' | 'BASE64' {
  const plain = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (types?.CsvContentTypes?.includes(plain)) return 'CSV';
  return types?.JsonContentTypes?.includes(plain) ? 'JSON' : 'BASE64';
}

function hourPath(at: EpochMs): string {
  return isoInstant(at).slice(0, 13).replace(/[-T]/g, '/');
}

function fileName(at: EpochMs): string {
  return `${isoInstant(at).slice(14, 23).replace(/[:.]/g, '-')}-${randomUUID()}.jsonl`;
}
