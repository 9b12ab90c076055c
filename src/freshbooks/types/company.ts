import type { System } from './systems.ts';
import type { MemberBusiness } from './users-me.ts';
import { currency, present, stampOf, text } from './wire.ts';

/**
 * The company's information: the business as FreshBooks' identity service knows it, with currency and numbers from
 * its accounting system, which may be missing.
 */
export function toCompanyInfo(business: MemberBusiness, system: System | undefined): Record<string, unknown> {
  const code = currency(text(system?.currency_code));
  return present({
    companyName: text(business.name) ?? text(system?.name),
    accountingPlatformRef: text(business.account_id) ?? text(system?.accountid),
    addresses: addressesOf(business, system),
    phoneNumbers: phonesOf(business, system),
    webLinks: [],
    taxNumber: text(system?.vat_number),
    baseCurrency: code === 'XXX' ? undefined : code,
    sourceUrls: { main: 'https://my.freshbooks.com' },
    createdDate: stampOf(system?.date),
  });
}

function addressesOf(business: MemberBusiness, system: System | undefined): Record<string, unknown>[] {
  const own = present({
    line1: text(business.address?.street),
    line2: text(business.address?.street2),
    city: text(business.address?.city),
    region: text(business.address?.province),
    country: text(business.address?.country),
    postalCode: text(business.address?.postal_code),
  });
  const ofSystem = present({
    line1: text(system?.street),
    line2: text(system?.street2),
    city: text(system?.city),
    region: text(system?.province),
    country: text(system?.country),
    postalCode: text(system?.code),
  });
  const fuller = Object.keys(own).length >= Object.keys(ofSystem).length ? own : ofSystem;
  return Object.keys(fuller).length === 0 ? [] : [{ type: 'Unknown', ...fuller }];
}

function phonesOf(business: MemberBusiness, system: System | undefined): Record<string, unknown>[] {
  const primary = text(business.phone_number?.phone_number) ?? text(system?.bus_phone);
  const mobile = text(system?.mob_phone);
  const fax = text(system?.fax);
  return [
    ...(primary === undefined ? [] : [{ number: primary, type: 'Primary' }]),
    ...(mobile === undefined ? [] : [{ number: mobile, type: 'Mobile' }]),
    ...(fax === undefined ? [] : [{ number: fax, type: 'Fax' }]),
  ];
}
