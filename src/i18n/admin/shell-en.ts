export const shell = {
  nav: 'Set-up',
  menu: 'Menu',
  frontDesk: 'Front desk',
  patientsPage: 'Patient’s page',
  groups: {
    clinic: 'Clinic',
    time: 'Time',
    messages: 'Messages',
    data: 'Data',
    access: 'Access',
  },
  pages: {
    locations: 'Locations',
    resources: 'Rooms and devices',
    why: 'Why is nothing free?',
    messageTexts: 'Message texts',
    sentAndDue: 'Sent and due',
    emailDomain: 'Email domain',
    history: 'History',
    securityLog: 'Security log',
    health: 'Health',
  },
}
