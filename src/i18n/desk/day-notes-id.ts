import type { Copy } from '../en.ts'

export const dayNotes: Copy['desk']['dayNotes'] = {
  title: 'Tambah catatan untuk semua',
  text: 'Catatan',
  until: 'Tampilkan',
  tonight: 'Sampai malam ini',
  date: 'Sampai tanggal tertentu',
  untilOn: 'Hari terakhir',
  untilAt: 'Sampai pukul (opsional)',
  submit: 'Tambah catatan',
  notAdded: 'Belum ditambahkan',
  fix: 'Perbaiki yang ditandai di bawah.',
  alreadyPast: 'Pilih waktu yang belum lewat',
  backToDay: 'Kembali ke jadwal hari ini',
}
