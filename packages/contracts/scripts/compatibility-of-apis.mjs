// Within a version of a service's HTTP API only what an old client does not notice may change. What a client sends must still
// be taken: requests may ask for less. What it gets must still be readable: answers may hold more, never less. A text that had
// no bound at all may be given one (bounds.mjs): what no programme can use is refused where it comes in.
import { isBound } from './bounds.mjs';

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options'];
/** A keyword that bounds a value; the more of it, the narrower (1) or the wider (-1). */
const BOUNDS = { minimum: 1, minLength: 1, minItems: 1, maximum: -1, maxLength: -1, maxItems: -1 };

/** What of `next` breaks a client of `released`; each a sentence with its place. Both: OpenAPI documents by service. */
export function breakingApi(released, next) {
  return Object.entries(released).flatMap(([service, before]) =>
    next[service] ? breakingDocument(before, next[service], service) : [`${service} is gone`],
  );
}

function breakingDocument(before, after, service) {
  return operationsOf(before).flatMap(([path, method, operation]) => {
    const place = `${service}: ${method.toUpperCase()} ${path}`;
    const now = after.paths[path]?.[method];
    if (!now) return [`${place} is gone`];
    const [was, is] = [within(before), within(after)];
    const withShared = (document, of) => [...(document.paths[path].parameters ?? []), ...(of.parameters ?? [])];
    return [
      ...parameters(withShared(before, operation).map(was), withShared(after, now).map(is), place, was, is),
      ...requestBody(was(operation.requestBody), is(now.requestBody), place, was, is),
      ...responses(operation.responses, now.responses, place, was, is),
      ...rights(operation, now, place),
    ];
  });
}

function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [[path, method, item[method]]] : [])),
  );
}

/** Follows references within a document. */
function within(document) {
  return function follow(value) {
    if (!value?.$ref) return value;
    const target = value.$ref
      .slice(2)
      .split('/')
      .reduce((at, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
    return follow(target);
  };
}

function parameters(before, after, place, was, is) {
  const name = (p) => `${p.in} parameter ${p.name}`;
  const now = new Map(after.map((p) => [name(p), p]));
  return [
    ...before.flatMap((p) => {
      const same = now.get(name(p));
      if (!same) return [`${place}: ${name(p)} is gone`];
      return sent(p.schema, same.schema, `${place}: ${name(p)}`, was, is);
    }),
    ...after
      .filter((p) => p.required && !before.some((b) => name(b) === name(p) && b.required))
      .map((p) => `${place}: ${name(p)} became required`),
  ];
}

function requestBody(before, after, place, was, is) {
  if (!before) return after?.required ? [`${place}: a body became required`] : [];
  if (!after) return [`${place}: no body is taken any more`];
  return [
    ...(after.required && !before.required ? [`${place}: a body became required`] : []),
    ...Object.entries(before.content).flatMap(([type, { schema }]) =>
      after.content[type]
        ? sent(schema, after.content[type].schema, `${place}: ${type}`, was, is)
        : [`${place}: ${type} is not taken any more`],
    ),
  ];
}

function responses(before, after, place, was, is) {
  return Object.entries(before).flatMap(([status, answer]) => {
    if (!after[status]) return [`${place}: ${status} is gone`];
    const [content, now] = [was(answer).content ?? {}, is(after[status]).content ?? {}];
    return Object.entries(content).flatMap(([type, { schema }]) =>
      now[type]
        ? got(schema, now[type].schema, `${place}: ${status} ${type}`, was, is)
        : [`${place}: ${status} ${type} is gone`],
    );
  });
}

/** Who may call an operation may call it still. */
function rights(before, after, place) {
  const roles = ({ security = [] }) => security.flatMap((s) => Object.values(s).flat());
  const now = roles(after);
  const open = ({ security }) => security?.length === 0;
  if (open(before) && !open(after)) return [`${place}: a token became necessary`];
  return roles(before)
    .filter((role) => !open(after) && !now.includes(role))
    .map((role) => `${place}: ${role} may not call it any more`);
}

/** What a client sends: nothing that was taken may be refused. */
const sent = (before, after, place, was, is) => compare(before, after, place, { was, is, narrower: true, seen: [] });
/** What a client gets: nothing that it counts on may be missing. */
const got = (before, after, place, was, is) => compare(before, after, place, { was, is, narrower: false, seen: [] });

/** @param how `narrower`: whether values that were allowed must stay so (what is sent), or no new ones may come (what is got) */
function compare(beforeRef, afterRef, place, how) {
  if (beforeRef === undefined && afterRef === undefined) return [];
  if (beforeRef?.$ref && how.seen.includes(beforeRef.$ref)) return [];
  const [before, after] = [how.was(beforeRef) ?? {}, how.is(afterRef) ?? {}];
  const inner = beforeRef?.$ref ? { ...how, seen: [...how.seen, beforeRef.$ref] } : how;
  return [
    ...values(before, after, place, how.narrower),
    ...bounds(before, after, place, how.narrower),
    ...fields(before, after, place, inner),
    ...(before.items || after.items ? compare(before.items, after.items, `${place}/*`, inner) : []),
    ...underAnyName(before, after, place, inner),
    ...alternatives(before, after, place, inner),
  ];
}

/** What stands under names that nobody wrote down. */
function underAnyName({ additionalProperties: before }, { additionalProperties: after }, place, how) {
  const both = [before, after].every((schema) => typeof schema === 'object' && schema !== null);
  return both ? compare(before, after, `${place}/<any>`, how) : [];
}

function values(before, after, place, narrower) {
  const all = (s) => (s.const !== undefined ? [s.const] : s.enum);
  const [was, is] = [all(before), all(after)];
  const types = (s) => (s.type === undefined ? undefined : [s.type].flat());
  const wider = (type, among) => among.includes(type) || (type === 'integer' && among.includes('number'));
  const [typesWere, typesAre] = [types(before), types(after)];
  const [small, large] = narrower ? [typesWere, typesAre] : [typesAre, typesWere];
  const typeBreaks = large && (!small || small.some((type) => !wider(type, large)));
  const [few, many] = narrower ? [was, is] : [is, was];
  // A list of values that was open, and is closed, takes less; that was closed, and is open, gives more.
  const lost = many ? (few ?? ['anything else']).filter((value) => !many.includes(value)) : [];
  return [
    ...(typeBreaks ? [`${place}: type was ${JSON.stringify(before.type)}, is ${JSON.stringify(after.type)}`] : []),
    ...lost.map((value) => `${place}: ${JSON.stringify(value)} ${narrower ? 'is not taken any more' : 'is new'}`),
  ];
}

function bounds(before, after, place, narrower) {
  const given = (key) => narrower && before[key] === undefined && isBound(key, after[key]);
  const changed = Object.entries(BOUNDS).filter(([key, sense]) => {
    if (given(key)) return false;
    const none = sense * Number.NEGATIVE_INFINITY;
    const difference = ((after[key] ?? none) - (before[key] ?? none)) * sense;
    return narrower ? difference > 0 : difference < 0;
  });
  const other = ['pattern', 'format', 'uniqueItems', 'multipleOf', 'additionalProperties'].filter((key) => {
    if (given(key)) return false;
    const [was, is] = [JSON.stringify(before[key]), JSON.stringify(after[key])];
    if (key === 'additionalProperties') return narrower && after[key] === false && before[key] !== false;
    return was !== is && (narrower ? after[key] !== undefined : before[key] !== undefined && key !== 'uniqueItems');
  });
  return [...changed.map(([key]) => key), ...other].map(
    (key) => `${place}: ${key} was ${JSON.stringify(before[key])}, is ${JSON.stringify(after[key])}`,
  );
}

function fields(before, after, place, how) {
  const [was, is] = [before.required ?? [], after.required ?? []];
  const [properties, now] = [before.properties ?? {}, after.properties ?? {}];
  const wanted = how.narrower ? is.filter((name) => !was.includes(name)) : was.filter((name) => !is.includes(name));
  return [
    ...wanted.map((name) => `${place}: ${name} ${how.narrower ? 'became required' : 'is no longer always there'}`),
    ...Object.entries(properties).flatMap(([name, schema]) =>
      name in now ? compare(schema, now[name], `${place}/${name}`, how) : [`${place}/${name} is gone`],
    ),
  ];
}

/** One of several shapes: none that was taken may go; what is combined is compared in its order. */
function alternatives(before, after, place, how) {
  return ['oneOf', 'anyOf', 'allOf'].flatMap((key) => {
    const [was, is] = [before[key] ?? [], after[key] ?? []];
    if (was.length === 0 && is.length === 0) return [];
    const more = key === 'allOf' ? how.narrower : !how.narrower;
    if (more ? is.length > was.length : is.length < was.length)
      return [`${place}: ${key} had ${was.length} shapes, has ${is.length}`];
    return was.slice(0, is.length).flatMap((shape, i) => compare(shape, is[i], place, how));
  });
}
