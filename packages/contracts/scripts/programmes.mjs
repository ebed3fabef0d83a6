// Which programmes an operation touches: `x-programme`, told in every service's document, so that nobody reads another
// programme than the token is for. Where a request names its programme, that is found here; an operation that names none says
// in its YAML what holds instead (docs/adding.md).
const WORDS = ['own', 'overseen', 'all', 'listed', 'shared'];
const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head'];
const PLACE = /^(path|query|body)\/\w+$/;

/** Writes `x-programme` into each operation of a document. */
export function withProgrammes(document, service) {
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      const stated = [operation['x-programme'] ?? []].flat();
      const found = placesOf(document, [...(item.parameters ?? []), ...(operation.parameters ?? [])], operation);
      const all = [...new Set([...found, ...stated])];
      const place = `${service}: ${method.toUpperCase()} ${path}`;
      if (all.length === 0) throw new Error(`${place} names no programme: say x-programme, one of ${WORDS.join(', ')}`);
      if (!all.every((one) => PLACE.test(one) || WORDS.includes(one)))
        throw new Error(
          `${place}: x-programme is ${all.join(', ')}; give places of the request, or ${WORDS.join(', ')}`,
        );
      operation['x-programme'] = all;
    }
}

function placesOf(document, parameters, { requestBody }) {
  const follow = (value) =>
    value?.$ref
      ? follow(
          value.$ref
            .slice(2)
            .split('/')
            .reduce((at, key) => at[key], document),
        )
      : value;
  const named = parameters
    .map(follow)
    .filter((p) => p.name === 'programme')
    .map((p) => `${p.in}/programme`);
  const bodies = Object.values(follow(requestBody)?.content ?? {}).map(({ schema }) => follow(schema));
  return bodies.some((schema) => schema?.properties?.programme) ? [...named, 'body/programme'] : named;
}
