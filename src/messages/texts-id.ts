import type { Texts } from './texts-en.ts'

const details = `{when}

Yang perlu dibawa: {bring}.
Persiapan: {preparation}

Alamat kami: {location_address}. {directions}`

const farewell = `Sampai jumpa,
{location_name}`

const regards = `Salam,
{location_name}`

/** Our own texts in Indonesian. A sentence with an empty field is left out, so each stands on its own. */
export const textsId: Texts = {
  requested: {
    subject: 'Permintaan Anda untuk {start_day}, {start_time} sudah kami terima',
    body: `Halo {patient_first_name},

Terima kasih atas permintaan janji temu dengan {doctor_name}. Jadwalnya belum pasti: kami akan memeriksanya dulu, lalu mengabari Anda.

${details}

Berubah pikiran? Ubah atau tarik kembali permintaan Anda di sini:

{change_link}

${regards}`,
    whatsapp:
      'Halo {patient_first_name}, permintaan janji temu dengan {doctor_name} sudah kami terima: {when}. Jadwalnya belum pasti. {location_name} akan memeriksanya dulu, lalu mengabari Anda.',
    sms: '{location_name}: permintaan Anda untuk {when} sudah kami terima. Jadwal belum pasti, tunggu kabar dari kami. Ubah: {change_link}',
  },
  booked: {
    subject: '{whose_appointment} {start_day}, {start_time}',
    body: `Halo {patient_first_name},

{whose_appointment} dengan {doctor_name} sudah terjadwal.

${details}

Ada halangan? Beri tahu kami di sini:

{change_link}

${farewell}`,
    whatsapp:
      'Halo {patient_first_name}, {whose_appointment} dengan {doctor_name} di {location_name} sudah terjadwal: {when}. Jika ada halangan, tekan tombol di bawah ini.',
    sms: '{location_name}: {whose_appointment} sudah terjadwal: {when}. Dengan {doctor_name}. Ubah atau batalkan: {change_link}',
  },
  declined: {
    subject: 'Tentang permintaan Anda untuk {start_day}, {start_time}',
    body: `Halo {patient_first_name},

Mohon maaf, kami tidak dapat memenuhi permintaan janji temu dengan {doctor_name} pada waktu ini:

{when}

Alasannya: {reason}.

Silakan pilih waktu lain:

{rebook_link}

${regards}`,
    whatsapp:
      'Halo {patient_first_name}, mohon maaf, {location_name} tidak dapat memenuhi permintaan janji temu dengan {doctor_name} pada {when}. Silakan pilih waktu lain di bawah ini.',
    sms: '{location_name}: mohon maaf, permintaan untuk {when} tidak dapat kami penuhi. {reason}. Pilih waktu lain: {rebook_link}',
  },
  lapsed: {
    subject: 'Permintaan Anda untuk {start_day}, {start_time} sudah tidak berlaku',
    body: `Halo {patient_first_name},

Mohon maaf, kami terlambat menjawab permintaan janji temu dengan {doctor_name}, sehingga belum ada yang terjadwal.

{when}

Silakan pilih waktu lagi, atau telepon kami di {location_phone}.

{rebook_link}

${regards}`,
    whatsapp:
      'Halo {patient_first_name}, mohon maaf, {location_name} terlambat menjawab permintaan Anda untuk {when}, sehingga belum ada yang terjadwal. Silakan pilih waktu lagi di bawah ini.',
    sms: '{location_name}: mohon maaf, kami terlambat menjawab permintaan Anda untuk {when}. Belum ada yang terjadwal. Pilih lagi: {rebook_link}',
  },
  moved: {
    subject: 'Perubahan: {whose_appointment} {start_day}, {start_time}',
    body: `Halo {patient_first_name},

{who} mengubah {whose_appointment}. Jadwal yang berlaku sekarang:

{when}

Sebelumnya: {old_when}.
Alasannya: {reason}.

Yang perlu dibawa: {bring}.
Persiapan: {preparation}

Alamat kami: {location_address}. {directions}

Kurang cocok? Pilih waktu lain atau batalkan di sini:

{change_link}

${farewell}`,
    whatsapp:
      'Halo {patient_first_name}, {who} mengubah {whose_appointment}. Sebelumnya: {old_when}. Sekarang: {when}, dengan {doctor_name} di {location_name}. Jika kurang cocok, tekan tombol di bawah ini.',
    sms: '{location_name}: {who} mengubah {whose_appointment}. Sekarang: {when}. Dengan {doctor_name}. Ubah atau batalkan: {change_link}',
  },
  cancelled: {
    subject: 'Dibatalkan: {whose_appointment} {start_day}, {start_time}',
    body: `Halo {patient_first_name},

{who} membatalkan {whose_appointment} dengan {doctor_name}.

{when}

Alasannya: {reason}.

Ingin mencari waktu lain?

{rebook_link}

${regards}`,
    whatsapp:
      'Halo {patient_first_name}, {who} membatalkan {whose_appointment} dengan {doctor_name} di {location_name}: {when}. Untuk mencari waktu lain, tekan tombol di bawah ini.',
    sms: '{location_name}: {who} membatalkan {whose_appointment}: {when}. Cari waktu lain: {rebook_link}',
  },
  reminder: {
    subject: 'Pengingat: {whose_appointment} {in_days}, {start_time}',
    body: `Halo {patient_first_name},

Kami ingin mengingatkan {whose_appointment} dengan {doctor_name} {in_days}.

${details}

Apakah Anda akan datang? Beri tahu kami:

{confirm_link}

Ada halangan? Ubah atau batalkan di sini:

{change_link}

${farewell}`,
    whatsapp:
      'Halo {patient_first_name}, kami ingin mengingatkan {whose_appointment} dengan {doctor_name} di {location_name}: {when}. Beri tahu kami di bawah ini apakah Anda akan datang.',
    sms: '{location_name}: pengingat {whose_appointment}: {when}. Dengan {doctor_name}. Konfirmasi, ubah atau batalkan: {change_link}',
  },
  missed: {
    subject: 'Kami menunggu Anda pada {start_day}',
    body: `Halo {patient_first_name},

Kami menantikan Anda untuk {whose_appointment} dengan {doctor_name}. Tidak apa-apa, kadang memang ada halangan.

{when}

Ingin mencari waktu lain?

{rebook_link}

Jika ternyata Anda sudah datang, mohon beri tahu kami: {location_phone}.

${regards}`,
    whatsapp:
      'Halo {patient_first_name}, kami menunggu Anda di {location_name} pada {start_day}. Tidak apa-apa, kadang memang ada halangan. Untuk mencari waktu lain, tekan tombol di bawah ini.',
    sms: '{location_name}: kami menunggu Anda pada {start_day}. Ingin mencari waktu lain? {rebook_link}',
  },
  approval_requested: {
    subject: 'Mohon jawab permintaan untuk {start_day}, {start_time}',
    body: `Seorang pasien meminta janji temu dengan {doctor_name}. Mohon setujui atau tolak.

{when}

{staff_link}`,
    whatsapp:
      'Mohon jawab permintaan janji temu dengan {doctor_name} di {location_name}: {when}. Setujui atau tolak di bawah ini.',
    sms: 'Mohon jawab permintaan: {when}. Dengan {doctor_name}. {staff_link}',
  },
  staff_booked: {
    subject: 'Janji temu baru: {start_day}, {start_time}',
    body: `Janji temu baru dengan {doctor_name}, dibuat oleh {who}.

{when}

{staff_link}`,
    whatsapp: 'Janji temu baru dengan {doctor_name} di {location_name}: {when}. Dibuat oleh {who}.',
    sms: 'Janji temu baru: {when}. Dengan {doctor_name}. {staff_link}',
  },
  staff_moved: {
    subject: 'Janji temu berubah: {start_day}, {start_time}',
    body: `Janji temu dengan {doctor_name}, diubah oleh {who}.

{when}

Sebelumnya: {old_when}.
Alasannya: {reason}.

{staff_link}`,
    whatsapp:
      'Janji temu dengan {doctor_name} di {location_name} berubah. Sebelumnya: {old_when}. Sekarang: {when}. Diubah oleh {who}.',
    sms: 'Janji temu berubah. Sekarang: {when}. Dengan {doctor_name}. {staff_link}',
  },
  staff_cancelled: {
    subject: 'Janji temu dibatalkan: {start_day}, {start_time}',
    body: `Janji temu dengan {doctor_name}, dibatalkan oleh {who}.

{when}

Alasannya: {reason}.

{staff_link}`,
    whatsapp: 'Janji temu dengan {doctor_name} di {location_name} dibatalkan: {when}. Dibatalkan oleh {who}.',
    sms: 'Janji temu dibatalkan: {when}. Dengan {doctor_name}. {staff_link}',
  },
}
