// The fields of §3A, each with its wire type. `?` may be null, `*` may be absent in older rows, `null` is null in
// every record that was seen. This list is written from the reference, not from the simulator.

const table = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((entry) => entry.split(':'))
      .map(([field = '', kind = '']) => [field, kind]),
  );

const address = (prefix: string) =>
  ['city', 'code', 'country', 'province', 'street', 'street2']
    .map((part) => `${prefix}${part}:text`)
    .join(' ');

export const documented = {
  clients: table(`
    accounting_systemid:text allow_email_include_pdf:bool* allow_late_fees:bool allow_late_notifications:bool
    bus_phone:text company_industry:null company_size:null currency_code:text direct_link_token:null email:text
    exceeds_client_limit:int* fax:text fname:text has_retainer:null* home_phone:text? id:int language:text
    last_activity:null last_login:null level:int lname:text mob_phone:text note:text? notified:bool num_logins:int
    number_format:null* organization:text ${address('p_')} pref_email:bool pref_gmail:bool retainer_id:null* role:text
    ${address('s_')} signup_date:sql statement_token:null subdomain:null updated:sql userid:int username:text
    uuid:uuid* vat_name:text? vat_number:text? vis_state:int`),
  invoices: table(`
    accountid:text accounting_systemid:text address:text amount:money attach_pdf_to_email:bool* auto_bill:bool
    autobill_status:null basecampid:int city:text code:text country:text create_date:day created_at:sql
    currency_code:text current_organization:text customerid:int date_paid:day? deposit_amount:money?
    deposit_percentage:decimal? deposit_status:text description:text discount:object* discount_description:text?
    discount_total:money discount_value:decimal display_status:text dispute_status:null due_date:day
    due_offset_days:int estimateid:int ext_archive:int fname:text fulfillment_date:day? generation_date:day? gmail:bool
    id:int invoice_number:text invoiceid:int language:text last_order_status:null lname:text lock_status:text*
    net_paid_amount:money* notes:text organization:text outstanding:money ownerid:int paid:money parent:int
    payment_details:text payment_status:text po_number:text? province:text return_uri:null sender_address:object*
    sentid:int series:text* show_attachments:bool status:int street:text street2:text template:text terms:text?
    updated:sql uuid:uuid* v3_status:text vat_name:text? vat_number:text? version:micros* vis_state:int`),
  lines: table(`
    amount:money basecampid:int compounded_tax:bool date:sql? description:text expenseid:int invoiceid:int lineid:int
    modern_project_id:null modern_time_entries:list name:text qty:decimal retainer_id:null retainer_period_id:null
    taskno:int taxAmount1:decimal taxAmount2:decimal taxName1:text taxName2:text? taxNumber1:text? taxNumber2:null
    type:int unit_cost:money updated:sql`),
  payments: table(`
    accounting_systemid:text amount:money bulk_paymentid:null* clientid:int creditid:int? date:day from_credit:bool
    gateway:null id:int invoiceid:int logid:int note:text orderid:null overpaymentid:int? send_client_notification:null*
    transaction_uuid:null* transactionid:null type:text updated:sql vis_state:int`),
  taxes: table(`
    accounting_systemid:text amount:decimal compound:bool id:int name:text number:text? taxid:int updated:sql`),
  expenses: table(`
    account_name:text accountid:null accounting_systemid:text amount:money background_jobid:null bank_name:text
    bill_matches:list* billable:bool* categoryid:int clientid:int compounded_tax:bool converse_projectid:null* date:day
    expenseid:int ext_accountid:null* ext_invoiceid:int ext_systemid:int from_bulk_import:bool has_receipt:bool id:int
    include_receipt:bool invoiceid:null is_cogs:bool isduplicate:bool markup_percent:decimal modern_projectid:null*
    notes:text potential_bill_payment:bool* profileid:int? projectid:int staffid:int status:int taxAmount1:money?
    taxAmount2:money? taxName1:text? taxName2:text? taxPercent1:decimal? taxPercent2:decimal? transactionid:null
    updated:sql vendor:text? version:micros* vis_state:int`),
  expense_categories: table(`
    category:text categoryid:int created_at:sql id:int is_cogs:bool is_editable:bool parentid:int?
    transaction_posted:bool* updated_at:sql vis_state:int`),
  systems: table(`
    accountid:text active:bool auto_bill:int billing_status:text bus_phone:text business_type:null business_uuid:null
    city:text code:text country:text currency_code:text date:sql discountid:null dst:bool duration:int email:text
    fax:text gst_amount:money heard_about_us_via:null id:int info_email:text ip:text landing_url:null
    masterlock_billing:bool migrated_to_smux_at:null mob_phone:text modern_system:bool name:text num_clients:null
    num_staff:null payment_amount:money payment_frequency:int province:text referralid:text referring_url:null
    salutation:null size_limit:null split_token:null street:text street2:null systemid:int test_system:bool
    timezone:text timezoneid:int vat_name:null vat_number:null`),
  credit_notes: table(`
    accounting_systemid:text* amount:money* city:text clientid:int code:text country:text* create_date:day
    credit_number:text credit_type:text creditid:int* currency_code:text current_organization:text* description:text*
    display_status:text* dispute_status:null* ext_archive:int* fname:text id:int* language:text
    last_order_status:null* lname:text notes:text organization:text paid:money* payment_status:text* payment_type:null
    province:text sentid:int* status:text* street:text street2:text* template:text* terms:null vat_name:null
    vat_number:text vis_state:int*`),
  credit_note_lines: table(`
    amount:money compounded_tax:bool creditid:int description:text name:text qty:decimal taskno:int
    taxAmount1:decimal? taxAmount2:decimal? taxName1:text? taxName2:text? unit_cost:money`),
  items: table(`
    accounting_systemid:text description:text id:int inventory:decimal? itemid:int name:text qty:decimal sku:text?*
    tax1:int tax2:int unit_cost:money updated:sql vis_state:int`),
  bills: table(`
    amount:money attachment:null bill_number:text created_at:sql currency_code:text due_date:day due_offset_days:int
    id:int issue_date:day language:text outstanding:money overall_category:text overall_description:text paid:money
    status:text tax_amount:money total_amount:money updated_at:sql vendorid:int vis_state:int`),
  bill_lines: table(`
    amount:money category:text categoryid:int description:text list_index:int quantity:decimal tax_amount1:money?
    tax_amount2:money? tax_authorityid1:null tax_authorityid2:null tax_name1:text? tax_name2:text?
    tax_percent1:decimal? tax_percent2:decimal? total_amount:money unit_cost:money`),
  bill_payments: table(`
    amount:money billid:int id:int note:text? paid_date:day payment_type:text vis_state:int`),
  bill_vendors: table(`
    account_number:text city:text country:text created_at:sql currency_code:text is_1099:bool language:text note:text?
    outstanding_balance:list overdue_balance:list phone:text postal_code:text? primary_contact_email:text
    primary_contact_first_name:text primary_contact_last_name:text province:text street:text street2:null
    tax_defaults:list updated_at:sql vendor_name:text vendorid:int vis_state:int website:text`),
  other_income: table(`
    amount:money category_name:text created_at:sql date:day incomeid:int note:text payment_type:text source:text
    sourceid:null taxes:list updated_at:sql userid:null vis_state:int`),
  estimates: table(`
    accepted:bool accounting_systemid:text address:text amount:money city:text code:text country:text create_date:day
    created_at:sql currency_code:text current_organization:text customerid:int description:text discount_total:money
    discount_value:decimal display_status:text estimate_number:text estimateid:int ext_archive:int fname:text id:int
    invoiced:bool language:text lname:text modern_projectid:null* notes:text organization:text ownerid:int
    po_number:null province:text reply_status:null require_client_signature:bool rich_proposal:bool sentid:int
    status:int street:text street2:text template:text terms:text? ui_status:text updated:sql vat_name:text?
    vat_number:text vis_state:int`),
  invoice_profiles: table(`
    accounting_systemid:text address:text amount:money auto_bill:bool bill_gateway:null city:text code:text
    country:text create_date:day currency_code:text customerid:int description:text disable:bool discount_total:money
    discount_value:decimal due_offset_days:int ext_archive:null fname:text frequency:text id:int
    include_unbilled_time:bool language:text lname:text notes:text numberRecurring:int occurrences_to_date:int
    organization:text ownerid:int payment_details:text po_number:null profileid:int province:text
    require_auto_bill:bool retainer_id:null send_email:bool send_gmail:bool street:text street2:text terms:null
    total_accrued_revenue:null updated:sql vat_name:text? vat_number:text vis_state:int`),
  tasks: table(`
    billable:bool description:text id:int name:text rate:money taskid:int tax1:int* tax2:int* tdesc:text tname:text
    updated:sql vis_state:int`),
  journal_entry_details: table(`
    account:object accounting_systemid:text balance:money credit:money? debit:money? description:text? detail_type:text
    detailid:int entry:object id:int name:text sub_account:object user_entered_date:day`),
  journal_account: table(`
    account_name:text account_number:text account_type:text accountid:int accounting_systemid:text id:int`),
  journal_entry: table(`
    accounting_systemid:text clientid:int? creditid:int? entryid:int expenseid:int? id:int incomeid:int? invoiceid:int?
    paymentid:int?`),
  journal_sub_account: table(`
    account_sub_name:text account_sub_number:text accounting_systemid:text id:int parentid:int sub_accountid:int`),
  journal_entry_accounts: table(`
    account_name:text account_number:text account_type:text accountid:int balance:decimal currency_code:text id:int
    sub_accounts:list`),
  journal_entry_sub_accounts: table(`
    account_sub_name:text account_sub_number:text account_type:text balance:decimal currency_code:text custom:bool
    id:int parentid:int sub_accountid:int`),
  projects: table(`
    active:bool billed_amount:decimal billed_status:text billing_method:text? budget:int? client_id:int? complete:bool
    created_at:iso description:text? due_date:day? expense_markup:decimal* fixed_price:decimal? group:object*
    group_id:int* id:int internal:bool logged_duration:null project_manager_id:int?* project_type:text rate:decimal?
    retainer_id:null* sample:bool service_estimate_type:text* services:list title:text updated_at:iso`),
  services: table(`billable:bool business_id:int id:int name:text vis_state:int`),
  service_rates: table(`business_id:int rate:decimal service_id:int`),
  retainers: table(`
    active:bool budgeted_time:int business_id:int client_user_id:int created_at:iso excess_rate:decimal fee:decimal
    id:int invoice_profile_id:null next_period_start_date:day start_date:day system_id:int updated_at:iso`),
  expense_summaries: table(`amounts:list counts:int id:text`),
  team_member_rates: table(`business_id:int identity_id:int rate:decimal`),
  team_members: table(`
    active:bool business_id:int business_role_name:text city:null country:text? created_at:zulu email:text
    first_name:text identity_id:int? invitation_date_accepted:null job_title:null last_name:text middle_name:null
    phone_number:null postal_code:null province:null street_1:null street_2:text? updated_at:zulu uuid:uuid`),
  payment_options: table(`
    allow_partial_payments:bool entity_id:text entity_type:text gateway_info:object gateway_name:text
    has_ach_transfer:bool has_acss_debit:bool has_bacs_debit:bool has_credit_card:bool has_paypal_smart_checkout:bool
    has_sepa_debit:bool stripe_acss_payment_options:null`),
  ledger_accounts: table(`
    auto_created:bool category_id:null* description:text jea_id:int?* jesa_id:int?* name:text number:text
    parent_account:uuid? state:text sub_accounts:list sub_type:text system_account_name:text* type:text
    updated_at:rfc uuid:uuid`),
  staff: table(`
    accounting_systemid:text api_token:text bus_phone:text currency_code:null display_name:text email:text fax:text
    fname:text home_phone:null id:int language:text last_login:null level:int lname:text mob_phone:text note:null
    num_logins:int organization:text ${address('p_')} rate:null role:text signup_date:sql updated:sql userid:int
    username:text vis_state:int`),
} as const;

export type DocumentedName = keyof typeof documented;

const stamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const whole = (value: unknown): boolean => Number.isInteger(value);
const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  int: whole,
  bool: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  list: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  sql: matches(stamp),
  iso: matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
  zulu: matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  rfc: matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  micros: matches(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/),
  day: matches(/^\d{4}-\d\d-\d\d$/),
  decimal: matches(/^-?\d+(\.\d+)?$/),
  uuid: matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  money: (value) =>
    typeof value === 'object' &&
    value !== null &&
    'amount' in value &&
    'code' in value &&
    matches(/^-?\d+\.\d{2,}$/)(value.amount) &&
    matches(/^[A-Z]{3}$/)(value.code) &&
    Object.keys(value).length === 2,
};

/** What is wrong with a row against its table: unknown fields, missing ones, wrong types. */
export const shapeFaults = (
  name: DocumentedName,
  row: Readonly<Record<string, unknown>>,
): readonly string[] => {
  const fields = documented[name];
  const unknown = Object.keys(row).filter((field) => !fields.has(field));
  const wrong = [...fields].flatMap(([field, kind]) => {
    const value = row[field];
    if (value === undefined) return kind.includes('*') ? [] : [`${field} is missing`];
    if (value === null && kind.includes('?')) return [];
    const fits = kinds[kind.replace(/[?*]/g, '')];
    return fits?.(value) ? [] : [`${field} is not ${kind}: ${JSON.stringify(value)}`];
  });
  return [...unknown.map((field) => `${field} is not documented`), ...wrong];
};
