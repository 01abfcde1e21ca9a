import type { Copy } from '../en.ts'

export const shell: Copy['admin']['shell'] = {
  nav: 'Pengaturan klinik',
  menu: 'Menu',
  frontDesk: 'Resepsionis',
  patientsPage: 'Halaman pasien',
  groups: {
    clinic: 'Klinik',
    time: 'Waktu',
    messages: 'Pesan',
    data: 'Data',
    access: 'Akses',
  },
  pages: {
    locations: 'Lokasi',
    visitTypes: 'Jenis kunjungan',
    resources: 'Ruangan dan alat',
    why: 'Mengapa tidak ada yang kosong?',
    messageTexts: 'Teks pesan',
    sentAndDue: 'Terkirim dan menunggu',
    emailDomain: 'Domain email',
    history: 'Riwayat',
    securityLog: 'Log keamanan',
    health: 'Kesehatan sistem',
  },
}
