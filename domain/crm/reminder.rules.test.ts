import { describe, expect, it } from 'vitest';
import { meetingReminderStep, taskReminderStep } from './reminder.rules.ts';

const at = (time: string) => new Date(`2026-06-30T${time}:00Z`);

describe('the reminders of a task', () => {
  const untold = { dueAt: at('12:00'), dueSoonTold: false, overdueTold: false };
  it.each([
    ['10:59', untold, { kind: 'wait', until: at('11:00') }],
    ['11:00', untold, { kind: 'due_soon' }],
    ['11:30', { ...untold, dueSoonTold: true }, { kind: 'wait', until: at('12:00') }],
    ['12:00', { ...untold, dueSoonTold: true }, { kind: 'overdue' }],
    ['15:00', untold, { kind: 'overdue' }],
    ['15:00', { ...untold, overdueTold: true }, { kind: 'end' }],
    ['11:00', { ...untold, dueAt: null }, { kind: 'end' }],
  ])('are at %s of %j: %j', (now, task, step) => {
    expect(taskReminderStep(task, at(now))).toEqual(step);
  });
});

describe('the reminder of a meeting', () => {
  const meeting = { startsAt: at('12:00'), endsAt: at('13:00'), reminderMinutes: 15, reminded: false };
  it.each([
    ['11:44', meeting, { kind: 'wait', until: at('11:45') }],
    ['11:45', meeting, { kind: 'remind' }],
    ['12:30', meeting, { kind: 'remind' }],
    ['13:00', meeting, { kind: 'end' }],
    ['11:50', { ...meeting, reminded: true }, { kind: 'end' }],
  ])('is at %s of %j: %j', (now, facts, step) => {
    expect(meetingReminderStep(facts, at(now))).toEqual(step);
  });
});
