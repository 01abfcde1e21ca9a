export const firstNames =
  'Ayu Budi Citra Dewi Eko Fajar Gita Hadi Indah Joko Kartika Lestari Made Nadia Oki Putri Rizky Sari Tono Wayan Anna Ben Clara David Emma Felix Greta Hannah Ivan Julia Karl Lena Max Nina Oscar Paula Quentin Rosa Simon Tara Uma Victor Wendy Xenia Yusuf Zara Chloe Liam Mia Noah'.split(
    ' ',
  )

export const lastNames =
  'Wijaya Santoso Pratama Siregar Nugroho Hidayat Halim Kusuma Lubis Suryadi Setiawan Utami Gunawan Hartono Saputra Bauer Vogel Schmidt Fischer Weber Keller Nguyen Taylor Smith Jones Brown Wilson Martin Clarke Murphy Costa Silva Pereira Rossi Novak Kowalski Tanaka Sato Kim Chen Lim Tan Singh Patel Khan Ali Okafor Mensah Garcia Lopez'.split(
    ' ',
  )

/** Time zones with different rules: without clock changes, northern, southern. */
export const places = [
  {
    name: 'Menteng',
    timeZone: 'Asia/Jakarta',
    street: 'Jl. Menteng Raya',
    city: 'Jakarta',
    phone: '+62 21 5550',
  },
  { name: 'Mitte', timeZone: 'Europe/Berlin', street: 'Torstraße', city: 'Berlin', phone: '+49 30 23125' },
  {
    name: 'Dago',
    timeZone: 'Asia/Jakarta',
    street: 'Jl. Ir. H. Juanda',
    city: 'Bandung',
    phone: '+62 22 5550',
  },
  {
    name: 'Sanur',
    timeZone: 'Asia/Makassar',
    street: 'Jl. Danau Tamblingan',
    city: 'Denpasar',
    phone: '+62 361 555',
  },
  {
    name: 'Chelsea',
    timeZone: 'America/New_York',
    street: 'West 23rd Street',
    city: 'New York',
    phone: '+1 212 555',
  },
  { name: 'Camden', timeZone: 'Europe/London', street: 'Parkway', city: 'London', phone: '+44 20 7946' },
  {
    name: 'Tiong Bahru',
    timeZone: 'Asia/Singapore',
    street: 'Seng Poh Road',
    city: 'Singapore',
    phone: '+65 6555',
  },
  {
    name: 'Newtown',
    timeZone: 'Australia/Sydney',
    street: 'King Street',
    city: 'Newtown NSW',
    phone: '+61 2 5550',
  },
  {
    name: 'Abepura',
    timeZone: 'Asia/Jayapura',
    street: 'Jl. Raya Abepura',
    city: 'Jayapura',
    phone: '+62 967 555',
  },
  {
    name: 'Ponsonby',
    timeZone: 'Pacific/Auckland',
    street: 'Ponsonby Road',
    city: 'Auckland',
    phone: '+64 9 555',
  },
]

export const reasonsForVisit = [
  'A cough that will not go away',
  'Back pain since last week',
  'To talk about my blood pressure',
  'A rash on the arm',
  'Yearly check-up',
  'Headaches in the evening',
  'Results of my last test',
  'A new prescription',
]
