import type { Copy } from '../en.ts'
import { isolate } from '../isolate.ts'

export const blocks: Copy['desk']['blocks'] = {
  title: 'Jam praktik, blokir, dan cuti',
  intro: 'Tidak ada yang dibatalkan: pasien yang sudah punya janji pada waktu itu tetap terdaftar di sini.',
  backToDay: 'Kembali ke jadwal hari ini',
  week: (day) => `Mulai ${day}`,
  previous: 'Minggu sebelumnya',
  next: 'Minggu berikutnya',
  none: 'Tidak ada yang diblokir atau ditambahkan dalam tujuh hari ini.',
  add: 'Tambah',
  change: 'Ubah',
  changeTitle: (name) => `Ubah ${isolate(name)}`,
  whose: 'Siapa atau apa',
  doctors: 'Dokter',
  resources: 'Ruang dan alat',
  place: 'Seluruh lokasi',
  kind: 'Jenis',
  kinds: {
    block: 'Blokir, misalnya rapat',
    reserve: 'Cadangan darurat: hanya meja depan yang dapat membuat janji',
    away: 'Cuti',
    hours: 'Jam praktik tambahan: pasien juga dapat membuat janji',
  },
  hoursHint: (place) =>
    `Jam praktik tambahan berlaku untuk satu dokter, pada satu hari, di ${isolate(place)}, dan tidak perlu nama. Untuk mempersingkat jam praktik, masukkan cuti.`,
  kindHint:
    'Ruang, alat, dan lokasi tidak punya jam praktik tambahan; untuk ketiganya, jenis lainnya sama saja.',
  names: {
    block: 'Blokir',
    reserve: 'Cadangan darurat',
    away: 'Cuti',
    hours: 'Jam praktik tambahan',
    out_of_order: 'Tidak dapat dipakai',
    closed: 'Tutup',
  },
  name: 'Nama atau alasan (opsional)',
  from: 'Dari',
  to: 'Sampai',
  everywhere: 'Di semua lokasi dokter ini',
  check: 'Tampilkan siapa yang terdampak',
  save: 'Simpan',
  affects: (many) => (many === 0 ? 'Tidak ada pasien yang terdampak' : `${many} pasien terdampak`),
  staysBooked:
    'Janji mereka tetap ada sampai Anda memindahkan atau membatalkannya. Semuanya ada di “Perlu ditangani”.',
  inHours: (many) =>
    many === 0 ? 'Belum ada pasien yang punya janji.' : `${many} pasien punya janji pada jam ini.`,
  ifRemoved:
    'Jika jam ini dihapus, janji mereka tetap ada di luar jam praktik dokter, dan Anda menemukannya di “Perlu ditangani”.',
  nowOutside: (many) => `${many} pasien kini punya janji di luar jam praktik`,
  opens:
    'Tidak ada janji yang perlu dipindahkan. Begitu disimpan, pasien dapat memilih waktu ini, kecuali dokter cuti atau klinik tutup.',
  overlapsHours: (from, to) =>
    `Dokter ini sudah punya jam praktik pukul ${from} sampai ${to} pada hari itu. Pilih waktu di luarnya.`,
  onlyDoctors: 'Pilih dokter: jam praktik tambahan hanya untuk dokter.',
  oneDay: 'Jam praktik tambahan berakhir pada hari yang sama, paling lambat tengah malam.',
  inReserve: 'Janji mereka tetap: dokternya ada.',
  beforeSaving: 'Belum disimpan',
  remove: 'Hapus',
  removed: 'Dihapus',
  undo: 'Urungkan',
  saved: 'Disimpan',
  notSaved: 'Belum disimpan',
  fix: 'Perbaiki yang ditandai di bawah.',
  alreadyThere: 'Sudah ada entri lain pada waktu yang persis sama. Ubah entri itu, atau pilih waktu lain.',
  noPhone: 'tanpa nomor telepon',
  chooseWhose: 'Pilih siapa atau apa',
  everywhereShort: 'semua lokasi',
}
