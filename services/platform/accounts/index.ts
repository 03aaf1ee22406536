/** How people come in by themselves: for the API and for invitations. */
export { addPerson, type NewPerson } from './add-person.ts';
export { prepareRegistration, registerOrganization } from './register-organization.ts';
