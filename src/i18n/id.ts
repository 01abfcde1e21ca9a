import type { Copy } from './en.ts'

/** The pages' words in Indonesian, which has no plural forms. */
export const id: Copy = {
  language: 'id-ID',
  name: 'Bahasa Indonesia',
  dir: 'ltr',
  brand: 'AloBooking',
  skipToContent: 'Langsung ke isi',
  languages: 'Bahasa',
  timeIn: (city) => `waktu ${city}`,

  booking: {
    title: 'Buat janji temu',
    intro:
      'Pilih jenis kunjungan, lalu pilih jadwal kosong. Kami simpan jadwal itu selama 10 menit sementara Anda mengonfirmasi.',
    doctor: 'Dokter',
    chooseDoctor: 'Pilih dokter',
    patient: 'Pasien',
    choosePatient: 'Pilih pasien',
    start: 'Mulai',
    end: 'Selesai',
    localTime: (cities) => `Menurut waktu setempat dokter (${cities.join(', ')}).`,
    submit: 'Buat janji temu',
    forWhom: 'Untuk',
    noDoctors: 'Belum ada dokter yang bisa dipilih di sini.',
    bookAnyTime: 'Buat janji temu di waktu lain',
    noVisitType: 'Tanpa jenis kunjungan',
    findPatient: 'Nama pasien, atau sebagian namanya',
    find: 'Cari',
    noPatient: 'Tidak ada pasien dengan nama itu.',
    tooManyPatients: 'Lebih dari 20 pasien cocok. Ketik nama yang lebih lengkap.',
    overrideReason: 'Alasan membuat janji di luar jam praktik',
    overrideHint: 'Hanya perlu diisi di luar jam praktik dokter. Alasan ini disimpan bersama janji temunya.',
    appointmentsUnavailable:
      'Saat ini janji temu Anda belum bisa ditampilkan, dan jadwal kosong mungkin sudah berubah. Silakan coba lagi sebentar lagi.',
  },

  hold: {
    title: 'Konfirmasi janji temu Anda',
    until: (time, zone) => `Kami simpan jadwal ini untuk Anda sampai pukul ${time}, ${zone}.`,
    timeLeft: 'Sisa waktu:',
    almostOver: (canExtend) =>
      canExtend ? 'Tinggal dua menit lagi. Perlu lebih lama? Tambah 10 menit.' : 'Tinggal dua menit lagi.',
    ranOut: 'Waktu simpan sudah habis. Anda masih bisa memilih jadwal ini selama belum diambil orang lain.',
    signIn: 'Kami akan mengirim kode ke email Anda untuk memastikan ini benar Anda. Tidak perlu kata sandi.',
    forWhom: 'Untuk siapa janji temu ini?',
    reason: 'Keluhan atau alasan kunjungan (opsional)',
    reasonHint: 'Hanya dokter dan petugas pendaftaran yang bisa membacanya.',
    confirm: 'Buat janji temu',
    extend: 'Tambah 10 menit',
    changeTime: 'Ganti waktu',
    banner: (day, time, doctor) => `Kami simpan untuk Anda: ${day}, pukul ${time} dengan ${doctor}.`,
    bannerTitle: 'Disimpan untuk Anda',
    finish: 'Lanjutkan konfirmasi',
    notBooked: 'Janji temu belum dibuat',
    someoneElse: 'Buat janji temu untuk orang lain',
    step: (n, of) => `Langkah ${n} dari ${of}`,
  },

  lost: {
    taken: 'Waktu itu baru saja diambil orang lain',
    expired: 'Jadwal ini tidak lagi disimpan untuk Anda',
    refused: 'Waktu ini tidak bisa dipilih',
    tooMany: 'Terlalu banyak jadwal yang disimpan dari jaringan Anda',
    tooManyAppointments: 'Janji temu Anda sudah banyak',
    nearest: 'Jadwal kosong terdekat',
    none: 'Tidak ada jadwal kosong di sekitar waktu itu',
    allTimes: 'Lihat semua jadwal kosong',
    reasons: {
      slot_taken: 'Silakan pilih waktu lain.',
      hold_expired: 'Waktu simpan sudah habis, jadi jadwal ini mungkin sudah diambil orang lain.',
      too_many_holds: 'Selesaikan salah satunya, atau coba lagi beberapa menit lagi.',
      wrong_status: 'Jadwal ini sudah Anda lepas atau konfirmasi, di sini atau di jendela lain.',
    },
  },

  finder: {
    visitType: 'Jenis kunjungan',
    chooseVisitType: 'Pilih jenis kunjungan',
    specialty: 'Spesialisasi',
    anySpecialty: 'Semua spesialisasi',
    manyDoctors: 'Pilih spesialisasi atau lokasi untuk melihat dokternya.',
    anyDoctor: 'Dokter mana saja',
    where: 'Lokasi',
    anywhere: 'Lokasi mana saja',
    from: 'Mulai tanggal (hari ini jika dikosongkan)',
    submit: 'Lihat jadwal kosong',
    modes: { in_person: '', phone: ', lewat telepon', video: ', lewat video' },
    describe: (name, minutes, mode) => `${name}, ${minutes} menit${mode}`,
    title: 'Jadwal kosong',
    nothingFree:
      'Tidak ada jadwal kosong dalam 30 hari ini. Coba dokter lain, jenis kunjungan lain, atau tanggal yang lebih jauh.',
    nothingFreeYet: 'Belum ada yang kosong pada hari-hari pertama. Lihat jadwal berikutnya.',
    notSearched: 'Belum dicari',
    weekIsCut:
      'Baru hari-hari pertama yang dicari. Untuk melihat seluruh minggu, pilih dokter, spesialisasi, atau lokasi.',
    notOffered:
      'Belum ada dokter di sini untuk jenis kunjungan ini. Coba dokter lain, lokasi lain, atau jenis kunjungan lain.',
    later: 'Jadwal berikutnya',
    asList: 'Lihat sebagai daftar',
    asWeek: 'Lihat per minggu',
    weekTitle: (from, until) => `${from} – ${until}`,
    nextWeek: 'Minggu berikutnya',
    weekBefore: 'Minggu sebelumnya',
    noneThatDay: 'Tidak ada yang kosong',
    yourTime: (time) => `${time} waktu Anda`,
    pages: 'Jadwal kosong lainnya',
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
    yourDay: 'Jadwal Anda hari ini',
    nothingToday: 'Tidak ada janji temu hari ini',
    nothingUpcoming: 'Belum ada janji temu mendatang',
    nothingPast: 'Belum ada janji temu yang lewat',
    all: 'Lihat semua janji temu Anda',
    allOfDesk: 'Lihat semua janji temu',
    show: 'Tampilkan',
    later: 'Lihat janji temu berikutnya',
    earlier: 'Lihat janji temu yang lebih lama',
    pages: 'Janji temu lainnya',
    bookOne: 'Buat janji temu',
    with: 'dengan',
    statuses: {
      pending: 'Disimpan',
      booked: 'Terjadwal',
      arrived: 'Sudah tiba',
      fulfilled: 'Selesai',
      cancelled: 'Dibatalkan',
      noshow: 'Tidak hadir',
    },
  },

  signIn: {
    link: 'Masuk',
    signOut: 'Keluar',
    title: 'Masuk',
    intro:
      'Kami akan mengirim kode ke email Anda untuk memastikan ini benar Anda. Tidak perlu kata sandi. Baru pertama kali? Akun Anda langsung dibuat.',
    email: 'Email Anda',
    sendCode: 'Kirim kode ke email',
    codeTitle: 'Periksa email Anda',
    codeSentTo: 'Kami sudah mengirim kode 6 angka ke',
    code: 'Kode dari email',
    codeHint:
      'Kode mungkin baru sampai setelah satu menit, dan berlaku selama 10 menit. Periksa juga folder spam.',
    openCodeSentTo: 'Hari ini sudah banyak kode yang diminta. Karena itu kami mengirim satu kode panjang ke',
    openCodeHint:
      'Buka email terbaru dari kami. Kodenya terdiri dari 16 huruf dan angka, berlaku sehari, dan bisa dipakai di browser mana pun.',
    challenge: 'Mohon pastikan bahwa Anda bukan robot.',
    challengeNeedsScript:
      'Pemeriksaan ini memerlukan JavaScript. Tanpa JavaScript, coba lagi satu jam kemudian atau telepon klinik.',
    submit: 'Masuk',
    otherAddress: 'Ganti email atau kirim kode baru',
    sessionHasEnded:
      'Sesi Anda sudah berakhir. Silakan masuk lagi untuk melanjutkan: kami akan mengirim kode ke email Anda.',
    refused: {
      wrong_code: 'Kodenya tidak cocok. Periksa lagi, atau kirim kode baru.',
      code_expired: 'Kode itu sudah tidak berlaku. Kirim kode baru.',
      too_many_tries: 'Kode itu sudah terlalu sering salah dimasukkan. Kirim kode baru.',
      too_many_codes:
        'Sudah terlalu banyak kode dikirim ke alamat ini atau diminta dari jaringan Anda. Coba lagi satu jam kemudian, atau telepon klinik.',
      challenge_needed:
        'Saat ini banyak orang yang sedang masuk. Pastikan dulu di bawah bahwa Anda bukan robot, lalu coba lagi.',
    },
  },

  account: {
    link: 'Akun',
    title: 'Akun Anda',
    name: 'Nama',
    email: 'Email',
    sessions: {
      title: 'Perangkat yang sedang masuk',
      intro: 'Ada yang tidak Anda kenali? Keluarkan perangkat itu.',
      thisDevice: 'Perangkat ini',
      unknownDevice: 'Perangkat tidak dikenal',
      activeNow: 'Sedang aktif',
      lastActive: (ago) => `Terakhir aktif ${ago}`,
      signOutDevice: (device) => `Keluar dari ${device}`,
      everywhere: 'Keluar dari semua perangkat',
      everywhereHint: 'Anda akan keluar dari semua perangkat, termasuk yang ini.',
    },
  },

  passkeys: {
    title: 'Kunci sandi',
    intro:
      'Dengan kunci sandi, Anda masuk memakai sidik jari, wajah, atau kunci layar perangkat. Tidak perlu kode lagi.',
    signIn: 'Masuk dengan kunci sandi',
    add: 'Tambahkan kunci sandi',
    added: (ago) => `Ditambahkan ${ago}`,
    lastUsed: (ago) => `Terakhir dipakai ${ago}`,
    neverUsed: 'Belum pernah dipakai',
    synced: 'Tersinkron ke perangkat Anda yang lain',
    thisDeviceOnly: 'Hanya di perangkat ini',
    rename: 'Ganti nama',
    renameOne: (name) => `Ganti nama ${name}`,
    remove: 'Hapus',
    removeOne: (name) => `Hapus ${name}`,
    newTitle: 'Siapkan kunci sandi',
    required: 'Klinik meminta Anda masuk dengan kunci sandi. Siapkan dulu untuk melanjutkan.',
    create: 'Buat kunci sandi',
    notNow: 'Nanti saja',
    defaultName: 'Kunci sandi',
    confirmTitle: 'Pastikan ini benar Anda',
    confirmIntro: 'Akun Anda dilindungi kunci sandi. Gunakan kunci sandi itu untuk melanjutkan.',
    use: 'Gunakan kunci sandi saya',
    notInThisBrowser:
      'Kunci sandi tidak bisa dipakai di browser ini. Gunakan browser atau perangkat lain, dan pastikan JavaScript aktif.',
    lost: 'Kunci sandi Anda hilang? Hubungi klinik:',
    renameTitle: 'Ganti nama kunci sandi',
    name: 'Nama',
    nameHint: 'Pilih nama yang mudah dikenali, misalnya “HP kantor”.',
    saveName: 'Simpan',
    removeTitle: 'Hapus kunci sandi ini?',
    afterRemoval:
      'Anda tidak akan bisa masuk lagi dengan kunci sandi ini. Hapus juga dari pengelola sandi atau setelan perangkat Anda.',
    confirmRemoval: 'Ya, hapus',
    back: 'Kembali ke akun Anda',
    notUsed: 'Kunci sandi tidak berhasil dipakai',
    notAdded: 'Kunci sandi belum ditambahkan',
    notRemoved: 'Belum dihapus',
    refused: {
      passkey_expired: 'Waktunya sudah habis. Silakan coba lagi.',
      passkey_unknown: 'Tidak ada akun di sini dengan kunci sandi itu. Mungkin sudah dihapus.',
      passkey_failed: 'Kami tidak dapat memeriksanya. Silakan coba lagi.',
      passkey_of_another:
        'Kunci sandi itu milik akun lain. Pilih kunci sandi dari akun yang sedang Anda pakai.',
      already_added: 'Kunci sandi ini sudah pernah ditambahkan.',
      too_many_passkeys: 'Anda sudah punya 20 kunci sandi. Hapus salah satu dulu.',
      not_confirmed: 'Gunakan dulu salah satu kunci sandi Anda.',
      last_passkey:
        'Klinik meminta Anda memiliki kunci sandi, dan ini satu-satunya milik Anda. Tambahkan yang lain dulu.',
    },
    inBrowser: {
      get: { failed: 'Kunci sandi tidak jadi dipakai. Silakan coba lagi.', known: '' },
      create: {
        failed: 'Kunci sandi tidak jadi dibuat. Silakan coba lagi.',
        known: 'Perangkat ini sudah punya kunci sandi untuk akun Anda.',
      },
    },
  },

  signInLink: {
    title: 'Masuk dengan tautan',
    intro:
      'Klinik membuat tautan ini untuk Anda, dan hanya berlaku sekali. Setelah ini, Anda bisa menyiapkan kunci sandi.',
    submit: 'Lanjutkan',
    expiredTitle: 'Tautan ini tidak berlaku lagi',
    expired: 'Tautan sudah dipakai atau sudah terlalu lama. Minta tautan baru ke klinik.',
    withCode: 'Masuk dengan kode',
  },

  dependant: {
    link: 'Buat janji temu untuk orang lain',
    title: 'Untuk siapa lagi Anda membuat janji temu?',
    intro:
      'Tambahkan anak, orang tua, atau siapa pun yang Anda rawat. Setelah itu, Anda bisa membuat janji temu untuk mereka.',
    name: 'Nama lengkapnya',
    submit: 'Tambahkan',
    refused: {
      title: 'Belum ditambahkan',
      too_many_dependants: 'Anda tidak bisa menambahkan orang lagi secara online.',
    },
  },

  welcome: {
    title: 'Selamat datang',
    intro: 'Satu langkah lagi: perkenalkan diri Anda kepada klinik.',
    name: 'Nama lengkap Anda',
    terms:
      'Saya setuju klinik menyimpan nama, alamat email, dan data janji temu saya untuk mengatur janji temu, dan hanya petugas klinik yang bisa melihatnya.',
    mustAgree: 'Kami perlu persetujuan Anda agar bisa membuat janji temu',
    submit: 'Lanjutkan',
  },

  codeMail: (code) => ({
    subject: 'Kode masuk AloBooking Anda',
    text: `Kode Anda ${code}.\n\nMasukkan kode ini di halaman tempat Anda memintanya. Kode berlaku selama 10 menit.\n\nTidak meminta kode? Abaikan saja email ini. Jangan berikan kode ini kepada siapa pun.\n`,
  }),

  openCodeMail: (code) => ({
    subject: 'Kode masuk untuk browser mana pun',
    text: `Hari ini sudah banyak kode masuk yang diminta untuk alamat ini, mungkin oleh orang lain. Agar kotak masuk Anda tidak penuh, untuk sementara kami berhenti mengirimnya.\n\nUntuk masuk, gunakan kode ini. Kode berlaku sekali, di browser mana pun, sampai besok pada jam yang sama:\n\n${code}\n\nJangan berikan kode ini kepada siapa pun. Jika Anda tidak ingin masuk, abaikan saja email ini.\n`,
  }),

  confirmation: {
    titles: {
      pending: 'Jadwal disimpan',
      booked: 'Janji temu sudah dibuat',
      arrived: 'Sudah tiba',
      fulfilled: 'Janji temu selesai',
      cancelled: 'Janji temu dibatalkan',
      noshow: 'Janji temu terlewat',
    },
    when: 'Waktu',
    where: 'Lokasi',
    visitType: 'Jenis kunjungan',
    doctor: 'Dokter',
    patient: 'Pasien',
    number: 'Nomor janji temu',
    directions: 'Petunjuk arah',
    calendar: 'Tambahkan ke kalender Anda',
    phone: 'Telepon',
    reason: 'Alasan kunjungan',
    again: 'Buat janji temu lain',
    change: 'Ubah jadwal atau batalkan',
  },

  change: {
    title: 'Janji temu Anda',
    until: (minutes) =>
      minutes === 0
        ? 'Anda bisa mengubah jadwal atau membatalkan sampai janji temu dimulai.'
        : `Anda bisa mengubah jadwal atau membatalkan paling lambat ${inWords(minutes)} sebelum janji temu dimulai.`,
    tooLate: 'Jadwal ini sudah tidak bisa diubah atau dibatalkan secara online. Silakan telepon klinik.',
    move: 'Ubah jadwal',
    cancel: 'Batalkan janji temu',
    confirmCancel: 'Ya, batalkan',
    freesTime: 'Waktu ini langsung terbuka untuk orang lain.',
    reason: 'Alasan',
    reasonIfAny: 'Alasan (opsional)',
    timesTitle: 'Pilih waktu baru',
    currentTime: 'Selama Anda belum memilih waktu baru, janji temu Anda tetap pada:',
    keepTime: 'Tetap pada waktu sekarang',
    notMoved: 'Jadwal belum diubah',
    notCancelled: 'Janji temu belum dibatalkan',
    refused: {
      too_late: 'Janji temu ini sudah tidak bisa diubah secara online. Silakan telepon klinik.',
      not_yet: 'Ini baru bisa dilakukan setelah janji temu dimulai.',
      not_today: 'Ini hanya bisa dilakukan pada hari janji temu.',
      wrong_status: 'Janji temu ini sudah tidak bisa diubah. Lihat keadaan terbarunya di bawah.',
      stale: 'Janji temu ini berubah sejak Anda membuka halaman ini. Lihat keadaan terbarunya di bawah.',
    },
  },

  calendar: {
    summary: (visitType, doctor) => (visitType ? `${visitType}: ${doctor}` : doctor),
    description: (url, phone) =>
      `Ubah jadwal atau batalkan: ${url}${phone ? `\nAtau telepon ${phone}.` : ''}`,
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
      day_full: 'Pada hari itu, dokter sudah penuh untuk jenis kunjungan ini. Pilih hari lain.',
      not_offered:
        'Jenis kunjungan ini tidak bisa dipesan secara online dengan dokter ini. Pilih jenis lain, atau tanyakan kepada petugas pendaftaran.',
      in_the_past: 'Waktu itu sudah lewat. Pilih waktu yang lebih akhir.',
      not_your_patient: 'Anda tidak bisa membuat janji temu untuk pasien itu.',
      too_many_appointments:
        'Anda tidak bisa membuat janji temu lagi secara online. Batalkan dulu yang tidak lagi diperlukan.',
      invalid: 'Silakan periksa isian Anda.',
    },
    bookInstead: (day, from, until) => `Pilih ${day}, ${from}–${until} saja`,
    nothingElseThatDay:
      'Sesudah itu, tidak ada waktu kosong yang cukup panjang pada hari yang sama. Pilih waktu atau hari lain.',
  },

  health: {
    link: 'Kondisi sistem',
    title: 'Kondisi sistem',
    asOf: (environment, day, time) => `${environment} · ${day}, ${time} UTC`,
    refresh: 'Muat ulang',
    verdict: 'Status',
    noneFailed: 'Tidak ada kegagalan di pihak kami dalam satu jam terakhir',
    failedLastHour: (many) => `${many} kegagalan di pihak kami dalam satu jam terakhir`,
    failedLastDay: (many) => `Dalam 24 jam terakhir ada ${many} kegagalan.`,
    lookInLog:
      'Log mencatat satu baris untuk setiap kegagalan, lengkap dengan request id: message = failure.',
    isBehind: (last, expected) => `Basis data berada pada ${last}, tetapi rilis ini memerlukan ${expected}.`,
    unknownMigration: 'migrasi yang tidak dikenal',
    rates: 'Permintaan yang gagal',
    lastHour: '1 jam terakhir',
    lastDay: '24 jam',
    failedOf: (failed, all) => `${failed} dari ${all}`,
    byHour: (most) => `Per jam, UTC (tertinggi: ${most})`,
    noneByHour: 'Tidak ada kegagalan dalam 24 jam terakhir',
    byCode: 'Alasan',
    byDoor: 'Lewat',
    byDoctor: 'Dokter',
    doors: { api: 'API', web: 'Halaman' },
    noDoctor: 'Tanpa dokter',
    statements: 'Kueri paling lambat',
    calls: (many, longest) => `rata-rata · dipanggil: ${many} kali · terlama: ${longest}`,
    noStatements: 'Belum ada kueri yang dihitung',
    statementsUnknown: {
      not_installed:
        'Belum ada statistik: basis data belum memiliki ekstensinya. Sebagai pemiliknya, jalankan:',
      not_loaded:
        'Belum ada statistik: PostgreSQL harus memuat pustaka saat mulai. Tambahkan ke pengaturannya:',
      not_permitted: 'Kami tidak boleh membaca statistiknya. Sebagai pemilik basis data, jalankan:',
    },
    sizes: 'Ukuran basis data',
    table: 'Tabel',
    rows: 'Baris (perkiraan)',
    withIndexes: 'Ukuran dengan indeks',
    index: 'Indeks',
    reads: 'Dibaca',
    size: 'Ukuran',
    unused: (many, since) => `${many} indeks yang tidak dipakai${since ? ` sejak ${since}` : ''}`,
    noneUnused: 'Semua indeks dipakai.',
    versions: 'Versi',
    release: 'Rilis',
    migration: 'Migrasi terakhir',
  },

  faults: {
    missing: 'Mohon isi bagian ini',
    not_an_object: 'Mohon isi bagian ini',
    not_expected: 'Kosongkan bagian ini',
    not_an_id: 'Pilih salah satu dari daftar',
    not_a_time: 'Masukkan tanggal dan jam, misalnya 2026-11-23 09:00',
    no_offset: 'Masukkan tanggal dan jam, misalnya 2026-11-23 09:00',
    not_after_start: 'Waktu selesai harus sesudah waktu mulai',
    too_short: 'Janji temu paling singkat 5 menit',
    too_long: 'Janji temu paling lama 8 jam',
    not_the_length: 'Lama jenis kunjungan ini tidak sama dengan itu',
    not_an_email: 'Masukkan alamat email, misalnya nama@example.com',
    not_a_name: 'Isi tanpa karakter khusus',
    invisible: 'Hapus lalu ketik ulang: isinya mengandung karakter yang tidak terlihat',
    too_long_a_name: 'Paling banyak 100 karakter',
    not_a_choice: 'Pilih salah satu dari daftar',
    already_registered: 'Alamat email ini milik pasien lain',
    not_a_clock_time: 'Masukkan jam, misalnya 09:00',
    not_a_date: 'Masukkan tanggal, misalnya 2026-11-23',
    not_after_opening: 'Waktu ini harus sesudah waktu mulai',
    not_a_wall_clock: 'Masukkan tanggal dan jam, misalnya 2026-11-23 09:00',
    not_a_grid: 'Masukkan menit kelipatan 5 yang membagi habis satu hari, misalnya 15 atau 20',
    not_a_zone: 'Masukkan zona waktu, misalnya Asia/Jakarta',
    not_a_cursor: 'Kembali ke halaman pertama',
    out_of_range: 'Angka ini terlalu kecil atau terlalu besar',
    too_far_away: 'Pilih tanggal yang lebih dekat dengan hari ini',
    window_too_long: 'Pilih paling lama 62 hari',
    absence_too_long: 'Pilih paling lama dua tahun',
    not_a_list: 'Pilih paling banyak 100',
    too_long_a_text: 'Paling banyak 500 karakter',
    unknown: 'Pilih salah satu dari daftar',
    already_there: 'Nama ini sudah dipakai',
  },

  problems: {
    notFound: {
      title: 'Halaman tidak ditemukan',
      next: 'Periksa alamatnya. Mencari janji temu? Masuk dengan email yang dipakai saat membuatnya.',
    },
    unavailable: {
      title: 'Sistem klinik sedang tidak bisa dihubungi',
      next: 'Silakan coba lagi dalam beberapa detik. Janji temu baru pasti dibuat jika Anda sudah melihat konfirmasinya.',
    },
    internal: {
      title: 'Ada yang salah di pihak kami',
      next: 'Silakan coba lagi. Jika masih terjadi, beri tahu kami.',
    },
    forbidden: {
      title: 'Anda tidak punya akses ke halaman ini',
      next: 'Akun Anda tidak diizinkan melakukan ini. Jika seharusnya bisa, tanyakan kepada petugas pendaftaran.',
    },
    crossSite: {
      title: 'Permintaan itu datang dari situs lain',
      next: 'Demi keamanan Anda, permintaan itu tidak kami jalankan. Buka halaman di situs ini, lalu coba lagi.',
    },
    noForm: {
      title: 'Formulir itu tidak terbaca',
      next: 'Silakan kembali ke halamannya, lalu isi lagi formulirnya.',
    },
    tooMany: { title: 'Terlalu banyak permintaan', next: 'Silakan tunggu satu menit, lalu coba lagi.' },
    tooLarge: {
      title: 'Teksnya terlalu panjang',
      next: 'Silakan isi lagi formulirnya dengan teks yang lebih pendek.',
    },
    toBooking: 'Buat janji temu',
    orCall: 'Anda juga bisa menelepon klinik:',
    number: 'Nomor referensi untuk bantuan:',
  },
}

/** Minutes in the largest unit that divides them: days, hours or minutes. */
function inWords(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440} hari`
  return minutes % 60 === 0 ? `${minutes / 60} jam` : `${minutes} menit`
}
