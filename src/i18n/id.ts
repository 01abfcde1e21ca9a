import type { Copy } from './en.ts'

/** The pages' words in Indonesian, which has no plural. */
export const id: Copy = {
  language: 'id-ID',
  name: 'Bahasa Indonesia',
  dir: 'ltr',
  brand: 'AloBooking',
  skipToContent: 'Langsung ke isi',
  languages: 'Bahasa',

  booking: {
    title: 'Buat janji temu',
    intro:
      'Pilih keperluan Anda, lalu tekan salah satu jadwal kosong. Jadwal itu kami simpan untuk Anda sementara Anda mengonfirmasi.',
    doctor: 'Dokter',
    chooseDoctor: 'Pilih dokter',
    patient: 'Pasien',
    choosePatient: 'Pilih pasien',
    start: 'Mulai',
    end: 'Selesai',
    timesAreLocal: (zones) => `Menurut waktu setempat di klinik (${zones.join(', ')}).`,
    submit: 'Buat janji temu',
    forWhom: 'Untuk',
    noDoctors: 'Belum ada dokter yang membuka jadwal di sini.',
    anyTime: 'Buat janji temu di waktu lain',
    noVisitType: 'Tanpa keperluan khusus',
    findPatient: 'Nama pasien, atau sebagiannya',
    find: 'Cari',
    noPatient: 'Tidak ada pasien terdaftar dengan nama itu.',
    morePatients: 'Lebih dari dua puluh nama memuatnya. Tulis lebih lengkap.',
    overrideReason: 'Alasan, jika di luar jam praktik',
    overrideHint:
      'Tanpa alasan, hanya jam praktik dokter yang bisa dipilih. Alasan ini disimpan bersama janji temunya.',
    yoursAreAway:
      'Data klinik sedang tidak bisa dibuka. Jadwal kosong di sini mungkin sedikit tertinggal, dan janji temu Anda belum bisa ditampilkan.',
  },

  hold: {
    title: 'Disimpan untuk Anda',
    until: (time) => `Sampai pukul ${time}, jadwal ini tidak bisa diambil orang lain.`,
    left: 'Sisa waktu:',
    soon: 'Waktu tinggal dua menit. Anda bisa minta tambahan sepuluh menit.',
    over: 'Jadwal ini tidak lagi disimpan. Buat janji temu sekarang; jika belum diambil orang lain, jadwal ini milik Anda.',
    signIn: 'Untuk membuat janji temu, ketik email Anda. Kami akan mengirim kode; tidak perlu kata sandi.',
    forWhom: 'Siapa pasiennya?',
    reason: 'Keluhan atau pesan untuk dokter (boleh dikosongkan)',
    reasonHint: 'Hanya dokter dan petugas pendaftaran yang membacanya.',
    confirm: 'Buat janji temu ini',
    extend: 'Minta sepuluh menit lagi',
    letGo: 'Pilih waktu lain',
    banner: (day, time, doctor) => `Disimpan untuk Anda: ${day}, pukul ${time}, ${doctor}.`,
    goOn: 'Lanjutkan membuat janji temu',
    notBooked: 'Janji temu belum dibuat',
    otherPerson: 'Buat janji temu untuk orang lain',
    step: (n, of) => `Langkah ${n} dari ${of}`,
  },

  lost: {
    taken: 'Sudah diambil orang lain',
    expired: 'Jadwal ini tidak lagi disimpan untuk Anda',
    refused: 'Waktu ini tidak bisa dipilih',
    tooMany: 'Terlalu banyak jadwal yang disimpan',
    nearest: 'Ini jadwal kosong yang paling dekat',
    none: 'Tidak ada jadwal kosong di sekitar waktu itu.',
    allTimes: 'Semua jadwal kosong',
    reasons: {
      slot_taken: 'Jadwal itu baru saja diambil.',
      hold_expired: 'Sepuluh menit sudah lewat, dan jadwal ini mungkin sudah diambil orang lain.',
      too_many_holds:
        'Dari jaringan Anda sudah ada sepuluh jadwal yang disimpan. Selesaikan salah satunya, atau tunggu beberapa menit.',
      wrong_status: 'Jadwal ini sudah dilepas, di sini atau di jendela lain.',
    },
  },

  finder: {
    visitType: 'Keperluan',
    chooseVisitType: 'Pilih jenis kunjungan',
    specialty: 'Spesialisasi',
    anySpecialty: 'Semua spesialisasi',
    manyDoctors: 'Pilih spesialisasi atau tempat untuk memilih dokternya.',
    anyDoctor: 'Dokter mana saja',
    where: 'Lokasi',
    anywhere: 'Lokasi mana saja',
    from: 'Mulai tanggal (hari ini, jika dikosongkan)',
    submit: 'Lihat jadwal kosong',
    modes: { in_person: '', phone: ', lewat telepon', video: ', lewat video' },
    describe: (name, minutes, mode) => `${name} (${minutes} menit${mode})`,
    title: 'Jadwal kosong',
    nothingFree:
      'Tidak ada jadwal kosong dalam 30 hari ini. Pilih dokter lain, jenis kunjungan lain, atau tanggal yang lebih jauh.',
    notOffered:
      'Kunjungan seperti itu tidak tersedia di sini. Pilih dokter lain, lokasi lain, atau jenis kunjungan lain.',
    later: 'Waktu berikutnya',
    asList: 'Lihat sebagai daftar',
    asWeek: 'Lihat per minggu',
    weekTitle: (from, until) => `${from} – ${until}`,
    nextWeek: 'Minggu berikutnya',
    weekBefore: 'Minggu sebelumnya',
    noneThatDay: 'Tidak ada yang kosong',
    yourTime: (time) => `${time} waktu Anda`,
    pages: 'Halaman jadwal kosong',
  },

  hours: {
    title: 'Jam praktik dokter',
    closed: 'Tidak ada jam praktik mingguan',
  },

  appointments: {
    title: 'Janji temu Anda',
    deskTitle: 'Janji temu mendatang',
    upcoming: 'Mendatang',
    past: 'Sudah lewat',
    today: 'Hari ini',
    yourDay: 'Jadwal Anda',
    nothingToday: 'Tidak ada janji temu hari ini.',
    nothingComing: 'Belum ada janji temu mendatang.',
    nothingPast: 'Belum ada apa-apa di sini.',
    all: 'Semua janji temu Anda',
    allOfDesk: 'Lainnya, termasuk yang sudah lewat',
    show: 'Tampilkan',
    later: 'Berikutnya',
    earlier: 'Lebih lama',
    pages: 'Halaman janji temu',
    bookOne: 'Buat janji temu',
    with: 'dengan',
    statuses: {
      pending: 'Belum dikonfirmasi',
      booked: 'Terjadwal',
      arrived: 'Sudah datang',
      fulfilled: 'Selesai',
      cancelled: 'Dibatalkan',
      noshow: 'Tidak datang',
    },
  },

  signIn: {
    link: 'Masuk',
    signOut: 'Keluar',
    title: 'Masuk',
    intro:
      'Kami mengirim kode ke email Anda. Tidak perlu kata sandi. Jika Anda baru di sini, akun Anda langsung dibuat.',
    email: 'Email',
    sendCode: 'Kirim kode',
    codeTitle: 'Masukkan kode',
    codeSentTo: 'Jika alamatnya benar, kode enam angka sedang dikirim ke',
    code: 'Kode',
    codeHint: 'Berlaku selama sepuluh menit.',
    submit: 'Masuk',
    otherAddress: 'Pakai alamat lain, atau minta kode baru',
    refused: {
      wrong_code: 'Kodenya tidak cocok. Periksa lagi, atau minta kode baru.',
      code_expired: 'Kode itu sudah tidak berlaku. Minta kode baru.',
      too_many_tries: 'Kode itu sudah terlalu sering dicoba. Minta kode baru.',
      too_many_codes: 'Alamat ini sudah menerima lima kode dalam satu jam. Coba lagi satu jam kemudian.',
    },
  },

  dependant: {
    link: 'Buat janji temu untuk anak atau orang tua',
    title: 'Untuk siapa lagi Anda membuat janji temu?',
    intro:
      'Daftarkan anak, orang tua, atau siapa pun yang Anda rawat. Setelah itu, Anda bisa membuat janji temu untuk mereka.',
    name: 'Nama pasien',
    submit: 'Daftarkan',
  },

  welcome: {
    title: 'Selamat datang',
    intro: 'Siapa nama Anda? Dengan nama ini klinik akan memanggil Anda.',
    name: 'Nama',
    terms:
      'Saya setuju klinik menyimpan nama, alamat email, dan janji temu saya untuk mengatur kunjungan saya, dan memperlihatkannya hanya kepada petugas klinik.',
    mustAgree: 'Tanpa persetujuan ini, kami tidak bisa membuat janji temu untuk Anda.',
    submit: 'Lanjutkan',
  },

  codeMail: (code) => ({
    subject: 'Kode masuk AloBooking Anda',
    text: `Kode Anda ${code}.\n\nKetik kode ini di halaman tempat Anda memintanya. Kode berlaku selama sepuluh menit.\nJika Anda tidak memintanya, abaikan saja: tanpa email ini, tidak ada yang bisa memakainya.\n`,
  }),

  confirmation: {
    titles: {
      pending: 'Jadwal ini disimpan untuk Anda',
      booked: 'Janji temu Anda sudah dibuat',
      arrived: 'Anda sudah datang',
      fulfilled: 'Janji temu ini sudah selesai',
      cancelled: 'Janji temu ini sudah dibatalkan',
      noshow: 'Janji temu ini terlewat',
    },
    when: 'Waktu',
    where: 'Lokasi',
    visitType: 'Keperluan',
    doctor: 'Dokter',
    patient: 'Pasien',
    number: 'Nomor',
    address: 'Alamat',
    directions: 'Petunjuk arah',
    calendar: 'Tambahkan ke kalender Anda',
    phone: 'Telepon',
    reason: 'Keluhan atau pesan',
    again: 'Buat janji temu lain',
    change: 'Ubah jadwal atau batalkan janji temu ini',
  },

  change: {
    title: 'Janji temu Anda',
    until: (minutes) =>
      minutes === 0
        ? 'Anda bisa mengubah jadwal atau membatalkannya sampai janji temu dimulai.'
        : `Anda bisa mengubah jadwal atau membatalkannya sampai ${inWords(minutes)} sebelum janji temu dimulai.`,
    tooLate: 'Jadwal ini sudah tidak bisa diubah atau dibatalkan di sini. Silakan telepon klinik.',
    move: 'Pindah ke waktu lain',
    cancel: 'Batalkan janji temu',
    reallyCancel: 'Ya, batalkan janji temu ini',
    keepsNothing: 'Waktunya langsung terbuka lagi untuk orang lain.',
    reason: 'Alasan',
    reasonIfAny: 'Alasan (boleh dikosongkan)',
    timesTitle: 'Pilih waktu lain',
    now: 'Selama Anda belum memilih, janji temu tetap pada waktu ini:',
    back: 'Tetap pada waktu ini',
    notMoved: 'Jadwal belum diubah',
    notCancelled: 'Janji temu belum dibatalkan',
    refused: {
      too_late: 'Sudah terlambat untuk itu. Silakan telepon klinik.',
      not_yet: 'Ini baru bisa dilakukan setelah janji temu dimulai.',
      not_today: 'Ini hanya bisa dilakukan pada hari janji temu.',
      wrong_status: 'Ini bukan lagi janji temu mendatang. Lihat keadaan terbarunya di bawah.',
      stale: 'Janji temu ini berubah sejak Anda membuka halaman ini. Lihat keadaan terbarunya di bawah.',
    },
  },

  calendar: {
    summary: (visit, doctor) => (visit ? `${visit}: ${doctor}` : doctor),
    description: (url, phone) =>
      `Ubah jadwal atau batalkan di sini: ${url}${phone ? `\nAtau telepon ${phone}.` : ''}`,
  },

  refused: {
    title: 'Janji temu belum dibuat',
    documentTitle: 'Belum dibuat: ',
    reasons: {
      slot_taken: 'Dokter sudah punya janji temu lain pada waktu itu.',
      patient_busy: 'Pasien sudah punya janji temu lain pada waktu itu.',
      outside_hours: 'Dokter tidak praktik pada waktu itu.',
      off_grid: 'Janji temu tidak bisa dimulai pada waktu itu. Pilih salah satu jadwal kosong.',
      short_notice: 'Waktu itu terlalu dekat untuk jenis kunjungan ini. Pilih waktu yang lebih jauh.',
      beyond_horizon: 'Waktu itu terlalu jauh untuk jenis kunjungan ini. Pilih hari yang lebih dekat.',
      day_full: 'Pada hari itu, dokter sudah tidak menerima kunjungan jenis ini lagi. Pilih hari lain.',
      not_offered:
        'Dokter tidak menyediakan kunjungan seperti itu secara online. Pilih jenis kunjungan lain, atau tanyakan kepada petugas pendaftaran.',
      in_the_past: 'Waktu itu sudah lewat. Pilih waktu yang belum lewat.',
      not_your_patient: 'Anda tidak bisa membuat janji temu untuk pasien itu.',
      invalid: 'Ada yang belum diisi atau tidak terbaca:',
    },
    bookInstead: (day, from, until) => `Pilih ${day}, ${from}–${until} saja`,
    nothingElseThatDay:
      'Sesudah itu, tidak ada waktu kosong yang cukup panjang pada hari yang sama. Pilih waktu atau hari lain.',
  },

  health: {
    link: 'Keadaan',
    title: 'Keadaan klinik',
    asOf: (environment, day, time) => `${environment}, ${day}, ${time} UTC`,
    again: 'Lihat lagi',
    verdict: 'Apakah ada yang salah',
    nothingFails: 'Semua permintaan terjawab',
    weFail: (many) => `Kami gagal ${many} kali dalam satu jam terakhir`,
    weFailed: (many) =>
      `Dalam 24 jam terakhir kami gagal ${many} kali, tetapi tidak dalam satu jam terakhir.`,
    lookInLog:
      'Log mencatat satu baris untuk setiap kegagalan, dengan nomor permintaannya: message = failure.',
    isBehind: (last, expected) => `Basis data berada pada ${last}, sedangkan rilis ini membawa ${expected}.`,
    unknownMigration: 'migrasi yang tidak dikenal rilis ini',
    rates: 'Yang tidak berhasil',
    lastHour: '1 jam terakhir',
    lastDay: '24 jam',
    failedOf: (failed, all) => `${failed} dari ${all}`,
    byHour: (most) => `Per jam, UTC; yang tertinggi ${most}`,
    noneByHour: 'Tidak ada yang gagal dalam 24 jam terakhir.',
    byCode: 'Alasan',
    byDoor: 'Lewat',
    byDoctor: 'Dokter',
    doors: { api: 'API', web: 'Halaman' },
    noDoctor: 'Tidak disebut',
    statements: 'Perintah paling lambat',
    calls: (many, longest) => `rata-rata, dari ${many}; terlama ${longest}`,
    noStatements: 'Belum ada yang dihitung.',
    statementsUnknown: {
      not_installed:
        'Tidak ada yang menghitungnya: basis data belum memiliki ekstensinya. Sebagai pemiliknya:',
      not_loaded:
        'Tidak ada yang menghitungnya: PostgreSQL harus memuat pustaka saat mulai. Dalam pengaturannya:',
      not_permitted: 'Dihitung, tetapi tidak ditunjukkan kepada kami. Sebagai pemilik basis data:',
    },
    sizes: 'Seberapa besar',
    table: 'Tabel',
    rows: 'Baris, kira-kira',
    withIndexes: 'Dengan indeksnya',
    index: 'Indeks',
    reads: 'Dibaca',
    size: 'Ukuran',
    unused: (many, since) => `${many} indeks yang tidak pernah dibaca${since ? ` sejak ${since}` : ''}`,
    noneUnused: 'Semua indeks dibaca.',
    versions: 'Yang berjalan',
    release: 'Rilis',
    migration: 'Migrasi terakhir',
  },

  faults: {
    missing: 'Isi bagian ini.',
    not_an_object: 'Isi bagian ini.',
    not_expected: 'Kosongkan bagian ini.',
    not_an_id: 'Pilih salah satu dari daftar.',
    not_a_time: 'Tulis tanggal dan jam, misalnya 2026-11-23 09:00.',
    no_offset: 'Tulis tanggal dan jam, misalnya 2026-11-23 09:00.',
    not_after_start: 'Waktu selesai harus sesudah waktu mulai.',
    too_short: 'Janji temu paling singkat 5 menit.',
    too_long: 'Janji temu paling lama 8 jam.',
    not_the_length: 'Lama kunjungan jenis ini tidak sama dengan itu.',
    not_an_email: 'Tulis alamat email, misalnya nama@example.com.',
    not_a_name: 'Tulis nama tanpa karakter khusus.',
    too_long_a_name: 'Tulis paling banyak 100 karakter.',
    not_a_choice: 'Pilih salah satu dari daftar.',
    already_registered: 'Alamat ini sudah dipakai pasien lain.',
    not_a_clock_time: 'Tulis jam, misalnya 09:00.',
    not_a_date: 'Tulis tanggal, misalnya 2026-11-23.',
    not_after_opening: 'Waktu ini harus lebih akhir.',
    not_a_wall_clock: 'Tulis tanggal dan jam, misalnya 2026-11-23 09:00.',
    not_a_grid: 'Tulis jumlah menit kelipatan 5 yang membagi habis satu hari.',
    not_a_zone: 'Tulis zona waktu, misalnya Asia/Jakarta.',
    not_a_cursor: 'Kembali ke halaman pertama.',
    out_of_range: 'Tulis angka yang mungkin di sini.',
    too_far_away: 'Pilih tanggal yang lebih dekat dengan hari ini.',
    window_too_long: 'Pilih paling lama 62 hari.',
    absence_too_long: 'Pilih paling lama dua tahun.',
    not_a_list: 'Pilih paling banyak 100.',
    too_long_a_text: 'Tulis paling banyak 500 karakter.',
    unknown: 'Pilih salah satu dari daftar.',
    already_there: 'Nama itu sudah dipakai.',
  },

  problems: {
    notFound: {
      title: 'Halaman ini tidak ada',
      next: 'Mungkin alamatnya salah ketik, atau janji temunya sudah tidak ada.',
    },
    unavailable: {
      title: 'Sistem klinik sedang tidak bisa dihubungi',
      next: 'Yang Anda isi belum menjadi janji temu, kecuali sudah dikonfirmasi. Coba lagi dalam beberapa detik.',
    },
    internal: {
      title: 'Ada yang salah di pihak kami',
      next: 'Coba lagi. Jika masih begitu, beri tahu kami.',
    },
    forbidden: {
      title: 'Anda tidak bisa melakukan ini',
      next: 'Akun Anda tidak punya izin untuk itu. Tanyakan kepada petugas pendaftaran.',
    },
    crossSite: {
      title: 'Permintaan itu datang dari situs lain',
      next: 'Demi keamanan Anda, permintaan itu tidak dijalankan. Buka halaman di sini, lalu coba lagi.',
    },
    noForm: {
      title: 'Isian itu tidak terbaca',
      next: 'Buka lagi halamannya, lalu isi formulir di sana.',
    },
    tooMany: { title: 'Terlalu sering mencoba', next: 'Tunggu satu menit, lalu coba lagi.' },
    tooLarge: {
      title: 'Isian itu terlalu panjang',
      next: 'Isi lagi formulirnya dengan teks yang lebih pendek.',
    },
    toBooking: 'Ke halaman buat janji temu',
    orCall: 'Anda selalu bisa menelepon klinik:',
    number: 'Untuk menelusurinya diperlukan nomor ini:',
  },
}

/** Minutes as days, hours or minutes, whichever comes out even. */
function inWords(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} hari`
  return minutes % 60 === 0 ? `${minutes / 60} jam` : `${minutes} menit`
}
