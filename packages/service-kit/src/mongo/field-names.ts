/**
 * A name that outsiders choose as the name of a field in an update: `.` and `$` are operators there, and `__proto__` is one
 * of JavaScript's. Names without these are what they were.
 */
export function fieldName(name: string): string {
  const escaped = name.replace(/[%.$\0]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);
  return escaped === '__proto__' ? '%5F_proto__' : escaped;
}

export function nameOfField(field: string): string {
  return field.includes('%') ? decodeURIComponent(field) : field;
}
