/**
 * What clients of the API that this one follows require of each record, field by field, taken from its documents and
 * not from our own shapes, so that a slip there shows here. A line is `path type flags`: `R` must be there wherever
 * its parent is, `N` may be null; a type in capitals has a table of its own in `parts`; `[]` is a list of such.
 */
export const wireTables = {
  company: `
    companyName string N
    accountingPlatformRef string N
    companyLegalName string N
    addresses Address[] N
    phoneNumbers PhoneNumber[] N
    webLinks WebLink[] N
    ledgerLockDate DateTime
    registrationNumber string N
    taxNumber string N
    financialYearStartDate DateTime
    baseCurrency string N
    sourceUrls map N
    createdDate DateTime
    supplementalData SupplementalData
  `,
  chartOfAccounts: `
    id string
    nominalCode string N
    name string N
    description string N
    fullyQualifiedCategory string N
    fullyQualifiedName string N
    currency Currency
    currentBalance number N
    type enum(Unknown|Asset|Expense|Income|Liability|Equity)
    status enum(Unknown|Active|Archived|Pending)
    isBankAccount boolean
    validDatatypeLinks object[] N
    validDatatypeLinks[].property string N
    validDatatypeLinks[].links string[] N
    supplementalData SupplementalData
    metadata Metadata
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  bills: `
    id string
    reference string N
    supplierRef SupplierRef
    purchaseOrderRefs object[] N
    purchaseOrderRefs[].id string
    purchaseOrderRefs[].purchaseOrderNumber string N
    issueDate DateTime R
    dueDate DateTime
    currency Currency
    currencyRate CurrencyRate N
    lineItems object[] N
    lineItems[].lineNumber string N
    lineItems[].description string N
    lineItems[].unitAmount number
    lineItems[].quantity number
    lineItems[].unitOfMeasurement string N
    lineItems[].discountAmount number N
    lineItems[].subTotal number N
    lineItems[].taxAmount number N
    lineItems[].totalAmount number N
    lineItems[].discountPercentage number N
    lineItems[].accountRef AccountRef N
    lineItems[].taxRateRef TaxRateRef
    lineItems[].itemRef ItemRef
    lineItems[].purchaseOrderLineRef object
    lineItems[].purchaseOrderLineRef.id string
    lineItems[].purchaseOrderLineRef.dataType enum(purchaseOrders|bills)
    lineItems[].purchaseOrderLineRef.lineNumber string
    lineItems[].trackingCategoryRefs TrackingCategoryRef[] N
    lineItems[].tracking ApTracking
    lineItems[].isDirectCost boolean
    withholdingTax object[] N
    withholdingTax[].name string R
    withholdingTax[].amount number R
    status enum(Unknown|Open|PartiallyPaid|Paid|Void|Draft) R
    subTotal number R
    taxAmount number R
    totalAmount number R
    amountDue number N
    note string N
    paymentAllocations PaymentAllocation[] N
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  billPayments: `
    id string
    supplierRef SupplierRef
    accountRef AccountRef
    totalAmount number
    currency Currency
    currencyRate CurrencyRate N
    date DateTime R
    note string N
    paymentMethodRef PaymentMethodRef
    lines object[] N
    lines[].amount number R
    lines[].links object[] N
    lines[].links[].type enum(Unknown|Unlinked|Bill|Other|CreditNote|BillPayment|PaymentOnAccount|Refund|ManualJournal|Discount) R
    lines[].links[].id string N
    lines[].links[].amount number N
    lines[].links[].currencyRate CurrencyRate N
    lines[].allocatedOnDate DateTime
    reference string N
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  creditNotes: `
    id string
    creditNoteNumber string N
    customerRef CustomerRef
    withholdingTax object[] N
    withholdingTax[].name string R
    withholdingTax[].amount number R
    totalAmount number R
    totalDiscount number R
    subTotal number R
    additionalTaxAmount number
    additionalTaxPercentage number
    totalTaxAmount number R
    discountPercentage number R
    remainingCredit number R
    status enum(Unknown|Draft|Submitted|Paid|Void|PartiallyPaid) R
    issueDate DateTime
    allocatedOnDate DateTime
    currency Currency
    currencyRate CurrencyRate N
    lineItems object[] N
    lineItems[].description string N
    lineItems[].unitAmount number R
    lineItems[].quantity number R
    lineItems[].discountAmount number N
    lineItems[].subTotal number N
    lineItems[].taxAmount number N
    lineItems[].totalAmount number N
    lineItems[].accountRef AccountRef
    lineItems[].discountPercentage number N
    lineItems[].taxRateRef TaxRateRef
    lineItems[].itemRef ItemRef
    lineItems[].trackingCategoryRefs TrackingCategoryRef[] N
    lineItems[].tracking ArTracking
    lineItems[].isDirectIncome boolean
    paymentAllocations PaymentAllocation[] N
    note string N
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  customers: `
    id string
    customerName string N
    contactName string N
    emailAddress string N
    defaultCurrency Currency
    phone string N
    addresses Address[] N
    contacts object[] N
    contacts[].name string N
    contacts[].email string N
    contacts[].phone PhoneNumber[] N
    contacts[].address Address
    contacts[].status enum(Unknown|Active|Archived) R
    contacts[].modifiedDate DateTime
    registrationNumber string N
    taxNumber string N
    status enum(Unknown|Active|Archived) R
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  directCosts: `
    id string
    reference string N
    note string N
    contactRef ContactRef
    issueDate DateTime R
    currency Currency R
    currencyRate CurrencyRate N
    lineItems object[] R
    lineItems[].description string N
    lineItems[].unitAmount number R
    lineItems[].quantity number R
    lineItems[].discountAmount number N
    lineItems[].discountPercentage number N
    lineItems[].subTotal number N
    lineItems[].taxAmount number N
    lineItems[].totalAmount number N
    lineItems[].accountRef AccountRef
    lineItems[].taxRateRef TaxRateRef
    lineItems[].itemRef ItemRef
    lineItems[].trackingCategoryRefs TrackingCategoryRef[] N
    lineItems[].tracking object
    lineItems[].tracking.recordRefs object[] R
    lineItems[].tracking.recordRefs[].id string
    lineItems[].tracking.recordRefs[].dataType enum(customers|suppliers|trackingCategories)
    lineItems[].tracking.invoiceTo RecordRef
    paymentAllocations PaymentAllocation[] R
    subTotal number R
    taxAmount number R
    totalAmount number R
    supplementalData SupplementalData
    metadata Metadata
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  directIncomes: `
    id string
    reference string N
    note string N
    contactRef ContactRef
    issueDate DateTime R
    currency Currency R
    currencyRate CurrencyRate N
    lineItems object[] R
    lineItems[].description string N
    lineItems[].unitAmount number R
    lineItems[].quantity number R
    lineItems[].discountAmount number N
    lineItems[].discountPercentage number N
    lineItems[].subTotal number N
    lineItems[].taxAmount number N
    lineItems[].totalAmount number N
    lineItems[].accountRef AccountRef
    lineItems[].taxRateRef TaxRateRef
    lineItems[].itemRef ItemRef
    lineItems[].trackingCategoryRefs TrackingCategoryRef[] N
    paymentAllocations PaymentAllocation[] R
    subTotal number R
    taxAmount number R
    totalAmount number R
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  invoices: `
    id string
    invoiceNumber string N
    customerRef CustomerRef
    salesOrderRefs object[] N
    salesOrderRefs[].id string
    salesOrderRefs[].dataType enum(salesOrders)
    issueDate DateTime R
    dueDate DateTime
    paidOnDate DateTime
    currency Currency
    currencyRate CurrencyRate N
    lineItems object[] N
    lineItems[].description string N
    lineItems[].unitAmount number R
    lineItems[].quantity number R
    lineItems[].discountAmount number N
    lineItems[].subTotal number N
    lineItems[].taxAmount number N
    lineItems[].totalAmount number N
    lineItems[].accountRef AccountRef
    lineItems[].discountPercentage number N
    lineItems[].taxRateRef TaxRateRef
    lineItems[].itemRef ItemRef
    lineItems[].trackingCategoryRefs TrackingCategoryRef[] N
    lineItems[].tracking ArTracking
    lineItems[].isDirectIncome boolean
    paymentAllocations PaymentAllocation[] N
    withholdingTax object[] N
    withholdingTax[].name string R
    withholdingTax[].amount number R
    totalDiscount number N
    subTotal number N
    additionalTaxAmount number
    additionalTaxPercentage number
    totalTaxAmount number R
    totalAmount number R
    amountDue number R
    discountPercentage number N
    status enum(Unknown|Draft|Submitted|PartiallyPaid|Paid|Void) R
    note string N
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  items: `
    id string
    name string N
    code string N
    itemStatus enum(Unknown|Active|Archived) R
    type enum(Unknown|Inventory|NonInventory|Service) R
    isBillItem boolean R
    billItem object
    billItem.description string N
    billItem.unitPrice number N
    billItem.accountRef AccountRef
    billItem.taxRateRef TaxRateRef
    isInvoiceItem boolean R
    invoiceItem object
    invoiceItem.description string N
    invoiceItem.unitPrice number N
    invoiceItem.accountRef AccountRef
    invoiceItem.taxRateRef TaxRateRef
    metadata Metadata
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  journalEntries: `
    id string
    description string N
    postedOn DateTime
    createdOn DateTime
    updatedOn DateTime
    journalRef object
    journalRef.id string R
    journalRef.name string N
    journalLines object[] N
    journalLines[].description string N
    journalLines[].netAmount number R
    journalLines[].transactionAmount number
    journalLines[].currency string N
    journalLines[].transactionCurrency string N
    journalLines[].accountRef AccountRef
    journalLines[].tracking object
    journalLines[].tracking.recordRefs object[] N
    journalLines[].tracking.recordRefs[].id string
    journalLines[].tracking.recordRefs[].dataType enum(customers|suppliers|trackingCategories)
    journalLines[].contactRef object
    journalLines[].contactRef.id string R
    journalLines[].contactRef.dataType enum(customers|suppliers) N
    recordRef object
    recordRef.id string
    recordRef.dataType enum(bankTransactions|billCreditNotes|billPayments|bills|creditNotes|directCosts|directIncomes|invoices|journalEntries|payments|transfers)
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  payments: `
    id string
    customerRef CustomerRef
    accountRef AccountRef
    paymentMethodRef PaymentMethodRef
    totalAmount number
    currency Currency
    currencyRate CurrencyRate N
    date DateTime R
    note string N
    lines object[] N
    lines[].amount number R
    lines[].links object[] N
    lines[].links[].type enum(Unknown|Unlinked|Invoice|CreditNote|Other|Refund|Payment|PaymentOnAccount|ManualJournal|Discount) R
    lines[].links[].id string
    lines[].links[].amount number N
    lines[].links[].currencyRate CurrencyRate N
    lines[].allocatedOnDate DateTime
    reference string N
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  suppliers: `
    id string
    supplierName string N
    contactName string N
    emailAddress string N
    phone string N
    addresses Address[] N
    registrationNumber string N
    taxNumber string N
    status enum(Unknown|Active|Archived) R
    defaultCurrency string N
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  taxRates: `
    id string
    name string N
    code string N
    status enum(Unknown|Active|Archived)
    effectiveTaxRate number N
    totalTaxRate number N
    components object[] N
    components[].name string N
    components[].rate number N
    components[].isCompound boolean R
    validDatatypeLinks object[] N
    validDatatypeLinks[].property string N
    validDatatypeLinks[].links string[] N
    metadata Metadata
    supplementalData SupplementalData
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
  trackingCategories: `
    id string N
    name string N
    status enum(Unknown|Active|Archived)
    parentId string N
    hasChildren boolean
    metadata Metadata
    modifiedDate DateTime
    sourceModifiedDate DateTime
  `,
} as const;

/** The reports: their reply as a whole, since they have no records. */
export const reportTables = {
  balanceSheet: `
    currency Currency
    reports object[] R
    reports[].date DateTime
    reports[].assets ReportLine
    reports[].liabilities ReportLine
    reports[].netAssets number R
    reports[].equity ReportLine
    mostRecentAvailableMonth DateTime N
    earliestAvailableMonth DateTime N
  `,
  profitAndLoss: `
    reports object[] R
    reports[].fromDate DateTime
    reports[].toDate DateTime
    reports[].income ReportLine
    reports[].costOfSales ReportLine
    reports[].grossProfit number R
    reports[].expenses ReportLine
    reports[].netOperatingProfit number R
    reports[].otherExpenses ReportLine
    reports[].otherIncome ReportLine
    reports[].netOtherIncome number R
    reports[].netProfit number R
    reportBasis enum(Unknown|Accrual|Cash) R
    currency Currency
    mostRecentAvailableMonth DateTime
    earliestAvailableMonth DateTime
  `,
  cashFlowStatement: `
    reports object[] R
    reports[].fromDate DateTime
    reports[].toDate DateTime
    reports[].cashReceipts ReportLine
    reports[].cashPayments ReportLine
    reportBasis enum(Unknown|Accrual|Cash) R
    reportInput enum(Unknown|Indirect|Direct) R
    currency Currency
    mostRecentAvailableMonth DateTime N
    earliestAvailableMonth DateTime N
  `,
  agedDebtor: `
    generated DateTime
    reportDate DateTime
    data object[]
    data[].customerId string
    data[].customerName string
    data[].agedCurrencyOutstanding object[]
    data[].agedCurrencyOutstanding[].currency Currency
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts object[]
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].fromDate DateTime
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].toDate DateTime
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].amount number
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].details object[]
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].details[].name string
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].details[].amount number
  `,
  agedCreditor: `
    generated DateTime
    reportDate DateTime
    data object[]
    data[].supplierId string
    data[].supplierName string
    data[].agedCurrencyOutstanding object[]
    data[].agedCurrencyOutstanding[].currency Currency
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts object[]
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].fromDate DateTime
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].toDate DateTime
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].amount number
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].details object[]
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].details[].name string
    data[].agedCurrencyOutstanding[].agedOutstandingAmounts[].details[].amount number
  `,
} as const;

/** What several of them share. */
export const parts: Readonly<Record<string, string>> = {
  AccountRef: `
    id string
    name string
  `,
  ReportLine: `
    accountId string N
    name string N
    value number R
    items ReportLine[] N
  `,
  Address: `
    type enum(Unknown|Billing|Delivery) R
    line1 string N
    line2 string N
    city string N
    region string N
    country string N
    postalCode string N
  `,
  ApTracking: `
    categoryRefs TrackingCategoryRef[] R
    customerRef CustomerRef
    projectRef ProjectRef
    isBilledTo enum(Unknown|NotApplicable|Customer|Project) R
    isRebilledTo enum(Unknown|NotApplicable|Customer|Project) R
  `,
  ArTracking: `
    categoryRefs TrackingCategoryRef[] R
    customerRef CustomerRef
    projectRef ProjectRef
    isBilledTo enum(Unknown|NotApplicable|Project) R
    isRebilledTo enum(Unknown|NotApplicable|Project) R
    recordRef RecordRef
  `,
  ContactRef: `
    id string R
    dataType enum(customers|suppliers) N
  `,
  CustomerRef: `
    id string R
    companyName string N
  `,
  ItemRef: `
    id string R
    name string N
  `,
  Metadata: `
    isDeleted boolean N
  `,
  PaymentAllocation: `
    payment object R
    payment.id string
    payment.note string N
    payment.reference string N
    payment.accountRef AccountRef
    payment.currency Currency
    payment.currencyRate number N
    payment.paidOnDate DateTime
    payment.totalAmount number
    allocation object R
    allocation.currency Currency
    allocation.currencyRate CurrencyRate N
    allocation.allocatedOnDate DateTime
    allocation.totalAmount number
  `,
  PaymentMethodRef: `
    id string R
    name string
  `,
  PhoneNumber: `
    number string N
    type enum(Primary|Landline|Mobile|Fax|Unknown) R
  `,
  ProjectRef: `
    id string R
    name string N
  `,
  RecordRef: `
    id string
    dataType string
  `,
  SupplementalData: `
    content map N
  `,
  SupplierRef: `
    id string R
    supplierName string N
  `,
  TaxRateRef: `
    id string
    name string
    effectiveTaxRate number
  `,
  TrackingCategoryRef: `
    id string R
    name string N
  `,
  WebLink: `
    type enum(Website|Social|Unknown)
    url string
  `,
};
