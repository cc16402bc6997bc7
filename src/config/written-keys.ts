/** Dotted keys that the file has, sections included; the members of a list belong to the list. */
export function writtenKeys(tree: unknown, path = ''): readonly string[] {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return [];
  return Object.entries(tree).flatMap(([key, below]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return [here, ...writtenKeys(below, here)];
  });
}
