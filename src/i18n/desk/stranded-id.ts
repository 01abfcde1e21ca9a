import type { Copy } from '../en.ts'
import { isolate } from '../isolate.ts'

export const stranded: Copy['desk']['stranded'] = {
  title: 'Perlu ditangani',
  intro:
    'Janji-janji ini jatuh pada waktu yang tidak lagi tersedia. Belum ada yang dibatalkan atau diberi tahu: telepon pasiennya, lalu pindahkan janji, batalkan, atau catat bahwa janjinya tetap.',
  count: (many) => `${many} janji`,
  none: 'Tidak ada yang perlu ditangani. Janji muncul di sini bila terhalang cuti, penutupan, atau perubahan jam praktik.',
  more: (many) => `${many} lagi muncul setelah ini selesai.`,
  why: {
    away: (name) => `${isolate(name)} sedang tidak praktik`,
    block: (name) => `Blokir: ${isolate(name)}`,
    closure: (name) => `Tutup: ${isolate(name)}`,
    doctor_gone: (name) => `${isolate(name)} tidak lagi bekerja di sini`,
    hours: (name) => `Di luar jam praktik ${isolate(name)}`,
    location_closed: (name) => `${isolate(name)} ditutup selamanya`,
    need: (name) => `${isolate(name)} tidak lagi memenuhi kebutuhan kunjungan ini`,
    resource: (name) => `${isolate(name)} tidak dapat dipakai`,
  },
  until: (when) => `sampai ${when}`,
  onPurpose: (reason) => `Dibuat di luar aturan: ${isolate(reason)}`,
  session: 'Sesi kelompok',
  nearest: 'Waktu kosong terdekat. Sekali tekan, janji temu langsung pindah.',
  noTimes: 'Tidak ada waktu kosong dalam dua minggu. Pilih dokter atau hari lain.',
  moveTo: (time) => `Pindahkan ke ${time}`,
  withDoctor: (time, doctor) => `${time} dengan ${isolate(doctor)}`,
  offerBy: {
    whatsapp: 'Tawarkan waktu ini lewat WhatsApp',
    sms: 'Tawarkan lewat SMS',
    email: 'Tawarkan lewat email',
  },
  offer: {
    subject: 'Waktu lain untuk janji temu Anda',
    hello: (patient: string, when: string, doctor: string) =>
      `Halo ${patient}, mohon maaf: janji temu Anda pada ${when} dengan ${doctor} tidak bisa berlangsung sesuai rencana. Kami bisa menawarkan:`,
    with: (when: string, doctor: string) => `${when} dengan ${doctor}`,
    answer: (phone: string) =>
      phone
        ? `Silakan balas dengan nomor pilihan Anda, atau telepon kami di ${phone}. Waktu tersebut bisa saja terisi sebelum kami menerima kabar dari Anda.`
        : 'Silakan balas dengan nomor pilihan Anda. Waktu tersebut bisa saja terisi sebelum kami menerima kabar dari Anda.',
  },
  otherTime: 'Waktu lain',
  message: 'Kirim pesan',
  open: 'Buka',
  stays: 'Sudah ditelepon, janji tetap',
  kept: (many) => `Tetap seperti semula (${many})`,
  undo: 'Urungkan',
  noPhone: 'Tanpa nomor telepon',
}
