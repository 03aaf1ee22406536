import type { DemoDefinition } from './definition.ts';

/** A small neighbour with a key of its own: what belongs to one organization is invisible to the other. */
export const SOUTHWIND: DemoDefinition = {
  organizationId: '0195d000-0000-7000-8000-000000000002',
  name: 'Southwind Labs',
  keyFile: 'demo-key-southwind',
  seed: 20_260_202,
  prefix: 'swl',
  people: 50,
  buyers: 18,
  strangers: 8,
  vendors: [{ code: 'convin', name: 'Convin', costPerMinute: '0.13', costCurrency: 'USD' }],
  teams: [{ name: 'Everybody', agents: ['Sam Reyes', 'Tove Holm', 'Uma Patel'] }],
  members: [
    { firstName: 'Sam', lastName: 'Reyes', email: 'sam@southwind.example', role: 'Admin', team: 'Everybody' },
    { firstName: 'Uma', lastName: 'Patel', email: 'uma@southwind.example', role: 'User', team: 'Everybody' },
  ],
  campaigns: [
    {
      name: 'lab-notes',
      channel: 'email',
      source: 'newsletter',
      medium: 'email',
      contents: ['mail-lab-notes'],
      from: 80,
      to: 1,
      dailySpend: 15,
      currency: 'USD',
    },
  ],
  runs: [{ name: 'One week', modelCode: 'LINEAR', config: { timeWindowHours: 168 } }],
};
