/**
 * The properties of Graph's contact and contact folder, derived from the service metadata (v1.0). A test holds this
 * table and the metadata together.
 */
export type PropertyType =
  | 'Edm.String'
  | 'Edm.DateTimeOffset'
  | 'Collection(Edm.String)'
  | 'Collection(graph.emailAddress)'
  | 'graph.emailAddress'
  | 'graph.physicalAddress';

const text = 'Edm.String';
const texts = 'Collection(Edm.String)';

/** Every structural property of `microsoft.graph.contact`, inherited ones included. */
export const contactProperties: Readonly<Record<string, PropertyType>> = {
  id: text,
  categories: texts,
  changeKey: text,
  createdDateTime: 'Edm.DateTimeOffset',
  lastModifiedDateTime: 'Edm.DateTimeOffset',
  assistantName: text,
  birthday: 'Edm.DateTimeOffset',
  businessAddress: 'graph.physicalAddress',
  businessHomePage: text,
  businessPhones: texts,
  children: texts,
  companyName: text,
  department: text,
  displayName: text,
  emailAddresses: 'Collection(graph.emailAddress)',
  fileAs: text,
  generation: text,
  givenName: text,
  homeAddress: 'graph.physicalAddress',
  homePhones: texts,
  imAddresses: texts,
  initials: text,
  jobTitle: text,
  manager: text,
  middleName: text,
  mobilePhone: text,
  nickName: text,
  officeLocation: text,
  otherAddress: 'graph.physicalAddress',
  parentFolderId: text,
  personalNotes: text,
  primaryEmailAddress: 'graph.emailAddress',
  profession: text,
  secondaryEmailAddress: 'graph.emailAddress',
  spouseName: text,
  surname: text,
  tertiaryEmailAddress: 'graph.emailAddress',
  title: text,
  yomiCompanyName: text,
  yomiGivenName: text,
  yomiSurname: text,
};

/** Every structural property of `microsoft.graph.contactFolder`. */
export const folderProperties: Readonly<Record<string, PropertyType>> = {
  id: text,
  displayName: text,
  parentFolderId: text,
};
