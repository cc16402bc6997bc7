import type { AddTagsInput, DeleteTagsInput, ListTagsInput, Tag } from '@aws-sdk/client-sagemaker';
import type { Checked, JsonOperation } from '../kit/json-service.ts';
import { type Room, refused } from './room.ts';

const maxTags = 50;

/** Keeps tags given at creation or by AddTags. */
export function addTags(room: Room, arn: string, tags: readonly Checked<Tag>[] | undefined): void {
  const kept = room.tags.get(arn) ?? new Map<string, string>();
  for (const { Key, Value } of tags ?? []) kept.set(Key, Value);
  if (kept.size > maxTags) throw refused(`A resource can have at most ${maxTags} tags.`);
  room.tags.set(arn, kept);
}

export function tagOperations(room: Room): Readonly<Record<string, JsonOperation>> {
  function tagsOf(arn: string): Map<string, string> {
    const found = room.tags.get(arn);
    if (!found) throw refused(`The resource ${arn} does not exist.`);
    return found;
  }
  return {
    AddTags: ({ ResourceArn, Tags }: Checked<AddTagsInput>) => {
      tagsOf(ResourceArn);
      addTags(room, ResourceArn, Tags);
      return { Tags: listed(tagsOf(ResourceArn)) };
    },
    ListTags: ({ ResourceArn }: Checked<ListTagsInput>) => ({ Tags: listed(tagsOf(ResourceArn)) }),
    DeleteTags: ({ ResourceArn, TagKeys }: Checked<DeleteTagsInput>) => {
      const tags = tagsOf(ResourceArn);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
  };
}

function listed(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
