import { createHmac } from 'node:crypto';
import type { Caller } from './caller.ts';

/** A telephone system of one organization: signs what it tells as Convin does. */
export async function installConvin(
  call: Caller,
): Promise<{ organizationSecret: string; sign: (text: string) => string }> {
  const { status, json, text } = await call('POST', '/v1/integrations', { platform: 'convin' });
  if (status !== 201) throw new Error(`Convin was not installed: ${status} ${text}`);
  const organizationSecret = json.data.webhook_secret as string;
  const key = Buffer.from(organizationSecret.slice('whsec_'.length), 'base64');
  return {
    organizationSecret,
    sign(body) {
      const seconds = Math.floor(Date.now() / 1_000);
      return `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
    },
  };
}

/** What the telephone system says when a call begins. */
export const callStarted = (callId: string, eventId = callId) =>
  JSON.stringify({
    event: 'call.started',
    event_id: eventId,
    call_id: callId,
    occurred_at: new Date(Date.now() - 60_000).toISOString(),
    direction: 'inbound',
    from: '+14155550101',
  });
