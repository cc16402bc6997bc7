import type { VersionFacts } from '../aws-facts.ts';
import { type Checked, known, passed, stopped } from './checked.ts';

/** Is the version whole, allowed, and known by content rather than by names that can change under us? */
export function versionChecks(facts: VersionFacts, instanceType: string): readonly Checked[] {
  return [
    isComplete(facts),
    isAllowed(facts),
    hasImageDigests(facts),
    hasArtefactEtags(facts),
    hasItsArtefact(facts),
    hasOneContainer(facts),
    runsOn(facts, instanceType),
  ];
}

function isComplete({ version, status }: VersionFacts): Checked {
  const check = 'version is complete';
  if (status === 'completed') return passed(check);
  return stopped(
    check,
    `Version ${version} is ${status} in the registry.`,
    'Wait until it is completed, or register it again.',
  );
}

function isAllowed({ version, approval }: VersionFacts): Checked {
  const check = 'version is not rejected';
  if (approval !== 'rejected') return passed(check);
  return stopped(
    check,
    `Version ${version} is marked Rejected in the registry.`,
    'If that was a mistake, set it to PendingManualApproval in the registry first.',
  );
}

function hasImageDigests({ version, images }: VersionFacts): Checked {
  const check = 'images have digests';
  const bare = images.find((image) => image.digest === '');
  if (images.length > 0 && !bare) return passed(check);
  const what = bare ? `Image ${bare.image}` : 'An image';
  return stopped(
    check,
    `${what} of version ${version} has no digest, so what runs could differ from what is approved.`,
    'Register the version again with the image digest (ImageDigest, or @sha256: in the image).',
  );
}

function hasArtefactEtags({ version, images }: VersionFacts): Checked {
  const check = 'artefacts have ETags';
  const bare = images.find((image) => image.etag === '');
  if (!bare) return passed(check);
  return stopped(
    check,
    `Artefact ${bare.artefact || 'of an image'} of version ${version} has no ETag, so it could be replaced unseen.`,
    'Check that the artefact exists and that the bot may read its head (s3:GetObject).',
  );
}

function hasItsArtefact({ version, images }: VersionFacts): Checked {
  const check = 'artefacts are those registered';
  const other = images.find((image) => image.exchanged);
  if (!other) return passed(check);
  return stopped(
    check,
    `Artefact ${other.artefact} of version ${version} is not the one that was registered: its ETag differs.`,
    'Put the registered artefact back, or register what lies there as a version of its own.',
  );
}

/** Shadow variants and capture know single containers only; pipelines are for another day and are said so. */
function hasOneContainer({ version, images }: VersionFacts): Checked {
  const check = 'one container';
  if (images.length <= 1) return passed(check);
  return known(check, `Version ${version} has ${images.length} containers in a row; it cannot be shadow tested.`);
}

function runsOn({ version, instanceTypes }: VersionFacts, instanceType: string): Checked {
  const check = 'instance type is supported';
  if (instanceTypes.length === 0 || instanceTypes.includes(instanceType)) return passed(check);
  return stopped(
    check,
    `Version ${version} is registered for ${instanceTypes.join(', ')}, not for ${instanceType}.`,
    'Change serving.instanceType, or register the version for this type.',
  );
}
