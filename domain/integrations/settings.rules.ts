import { type FieldMapping, mappingIssues } from './field-mapping.rules.ts';
import type { Provider } from './provider.rules.ts';
import type { ConflictPolicy } from './reconcile.rules.ts';

/** How an organization wants one integration to work; absent: the provider's default. */
export interface IntegrationSettings {
  readonly streams?: readonly string[] | undefined;
  /** How often it is synced by itself; null: only when asked. */
  readonly intervalMinutes?: number | null | undefined;
  /** False: what is changed here goes out with the next sync, and asks for none. */
  readonly pushChanges?: boolean | undefined;
  /** What a call costs by the organization's own contract, in place of the price list. */
  readonly costPerCallUsd?: number | undefined;
  readonly conflictPolicy?: ConflictPolicy | undefined;
  /** Stream → field → policy. */
  readonly fieldPolicies?: Readonly<Record<string, Readonly<Record<string, ConflictPolicy>>>> | undefined;
  /** Stream → mapping, in place of the default one. */
  readonly mappings?: Readonly<Record<string, readonly FieldMapping[]>> | undefined;
  /** What the provider needs to know beside secrets, by name. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

export interface SettingsIssue {
  readonly field: string;
  readonly message: string;
}

/** What cannot work, by field; empty when all of it can. `localFields` knows our fields of each stream. */
export function settingsIssues(
  settings: IntegrationSettings,
  provider: Provider,
  localFields: (stream: string) => ReadonlySet<string> | undefined,
): SettingsIssue[] {
  const streams = provider.streams.map(({ name }) => name);
  const known = streams.length === 0 ? 'none' : streams.join(', ');
  const issues: SettingsIssue[] = [];
  for (const [index, name] of (settings.streams ?? []).entries()) {
    if (!streams.includes(name)) issues.push({ field: `streams.${index}`, message: `must be a stream: ${known}` });
  }
  for (const stream of Object.keys(settings.fieldPolicies ?? {})) {
    const fields = localFields(stream);
    if (!fields) issues.push({ field: `fieldPolicies.${stream}`, message: 'is no stream that travels both ways' });
    else {
      for (const field of Object.keys(settings.fieldPolicies![stream]!)) {
        if (!fields.has(field)) issues.push({ field: `fieldPolicies.${stream}.${field}`, message: 'is no field' });
      }
    }
  }
  for (const [stream, mappings] of Object.entries(settings.mappings ?? {})) {
    const fields = localFields(stream);
    if (!fields) issues.push({ field: `mappings.${stream}`, message: 'is no stream with a mapping' });
    else {
      for (const { index, field, message } of mappingIssues(mappings, fields)) {
        issues.push({ field: `mappings.${stream}.${index}.${field}`, message });
      }
    }
  }
  const options = new Map(provider.options.map((option) => [option.name, option]));
  for (const name of Object.keys(settings.options ?? {})) {
    if (!options.has(name)) {
      const names = [...options.keys()].join(', ') || 'none';
      issues.push({ field: `options.${name}`, message: `is no option of ${provider.name}: ${names}` });
    }
  }
  for (const { name, required } of options.values()) {
    if (required && !settings.options?.[name]) issues.push({ field: `options.${name}`, message: 'is required' });
  }
  return issues;
}
