import { createSecrets } from '../../core/secrets.ts';
import type { Mailing } from './plan-mail.ts';

export interface MailingOptions extends Pick<Mailing, 'from' | 'transport' | 'publicUrl'> {
  readonly encryption: { readonly key: string; readonly previousKey: string | undefined };
}

export function createMailing({ encryption: { key, previousKey }, ...options }: MailingOptions): Mailing {
  return { ...options, secrets: createSecrets(previousKey === undefined ? [key] : [key, previousKey]) };
}
