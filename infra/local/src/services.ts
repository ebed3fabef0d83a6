import { SERVICES, type Service } from '@gpect/programme/api-client';

/** Services as somebody named them. @throws an error that says which there are */
export function servicesNamed(names: readonly string[]): Service[] {
  const unknown = names.filter((name) => !SERVICES.some((service) => service === name));
  if (unknown.length > 0)
    throw new Error(`there is no service ${unknown.join(', ')}; there are ${SERVICES.join(', ')}`);
  return SERVICES.filter((service) => names.includes(service));
}
