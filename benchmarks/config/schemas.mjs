// Loaded only when a file has to be parsed: these load valibot.
import * as v from 'valibot';

export function settingsSchema({ durationPattern, parseDuration, parseSize, sizePattern }) {
  const duration = measure(durationPattern, parseDuration, 'a duration such as "5m"');
  const size = measure(sizePattern, parseSize, 'a size such as "64MB"');
  const text = v.optional(v.string('a text'));
  const whole = v.optional(v.pipe(v.number('a whole number'), v.integer('a whole number')));
  const ssh = v.optional(
    v.object({
      user: text,
      identity_files: v.optional(v.array(v.string('a path'))),
      port: whole,
      address: v.optional(v.picklist(['auto', 'public', 'private'])),
      jump: text,
      known_hosts: text,
      host_key_policy: v.optional(v.picklist(['accept-new', 'strict'])),
      max_idle: whole,
      idle_timeout: duration,
      ports: v.optional(v.record(v.string(), v.number('a port'))),
    }),
  );
  const context = v.object({
    subscriptions: v.optional(v.array(v.string('a subscription'))),
    resource_group: text,
    cloud: text,
    credential: text,
    ssh,
  });
  return v.object({
    default_context: text,
    contexts: v.optional(v.record(v.string(), context)),
    ssh,
    cache: v.optional(
      v.object({ vm_list: duration, vm_status: duration, public_ip: duration, resource: duration, max_size: size }),
    ),
  });
}

export function namesSchema() {
  const id = v.pipe(v.string('a resource id'), v.regex(/^(?:\/[^/\s]+){8}$/, 'a resource id'));
  return v.record(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'a name')), id);
}

function measure(pattern, parse, phrase) {
  return v.optional(v.pipe(v.string(phrase), v.regex(pattern, phrase), v.transform(parse), v.number(phrase)));
}
