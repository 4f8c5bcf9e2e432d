### الندوات

seminars-title = المواعيد
seminars-upcoming = القادمة
seminars-past = السابقة
seminars-region = الجهة
seminars-show = عرض
seminars-none = لا ندوات حاليًّا.
seminars-all-regions = كلّ الجهات
seminars-online = عن بعد
seminars-cancelled = أُلغيت
seminars-take-seat = أحجز مقعدي
seminars-give-up = أتخلّى عن مقعدي
seminars-seats = التسجيلات
seminars-colleagues = ما ينجزه بقيّة أعضاء منظّمتك يُحتسب أيضًا.
seminars-need-started = فتح «{ $module }»
seminars-need-progress = متابعة { $percent } على الأقلّ من «{ $module }»
seminars-need-completed = إنهاء «{ $module }»
seminars-need-passed = النجاح في «{ $module }»
seminars-need-score = الحصول على { $percent } على الأقلّ في «{ $module }»
seminars-have-nothing = لم تبدأ بعد
seminars-have-progress = بلغت { $percent }
seminars-have-completed = أنهيتها
seminars-have-passed = نجحت
seminars-have-failed = أنهيتها، أعدها للنجاح
seminars-have-score = عددك: { $percent }
seminars-have-colleague = أحد أعضاء منظّمتك يتقدّم في هذه الوحدة
seminars-have-colleague-met = استوفاه أحد أعضاء منظّمتك
seminars-rule-open = مفتوحة للجميع.
seminars-rule-one = شرط واحد يجب استيفاؤه.
seminars-rule-all = يجب استيفاء كلّ هذه الشروط.
seminars-rule-some = يكفي { $need } من هذه الشروط الـ{ $of }.
seminars-door-open = الباب مفتوح
seminars-door-open-text = مقعدك في انتظارك.
seminars-door-closed = الباب ما زال مغلقًا
seminars-door-closed-text = هذا ما بقي إنجازه.
seminars-door-registered = مقعدك محجوز
seminars-door-registered-text = إلى اللقاء!
seminars-door-full = لا مقاعد شاغرة
seminars-door-full-text = حُجزت كلّ المقاعد.
seminars-door-over = انتهت هذه الندوة
seminars-door-over-text = أُغلق التسجيل.
seminars-door-cancelled = أُلغيت هذه الندوة
seminars-door-cancelled-text = أُغلق التسجيل.
seminars-door-signed-out = سجّل الدخول لتعرف
seminars-door-signed-out-text = سنخبرك بما أنجزته وما بقي.
flash-seat-taken = حُجز مقعدك.
flash-seat-given-up = تخلّيت عن مقعدك.
error-bad-cursor-title = هذا المؤشّر غير صالح
error-bad-cursor-body = أعد القائمة من البداية.
error-seats-above-capacity-title = المقاعد المحجوزة أكثر من السعة
error-seats-above-capacity-body = لا يمكن أن تقلّ السعة عن عدد التسجيلات.
error-unknown-module-title = وحدة غير معروفة
error-unknown-module-body = يذكر الشرط وحدة غير موجودة.
error-seminar-invalid-title = ندوة تحتاج إلى تصحيح
error-seminar-invalid-body = تحقّق من العنوان والتواريخ والسعة والشرط.
error-not-eligible-title = الباب ما زال مغلقًا
error-not-eligible-body = بقيت شروط لم تُستوف.
error-seminar-full-title = لا مقاعد شاغرة
error-seminar-full-body = حُجزت كلّ المقاعد.
error-seminar-begun-title = فات الأوان
error-seminar-begun-body = بدأت هذه الندوة.
error-seminar-cancelled-title = ندوة ملغاة
error-seminar-cancelled-body = لن تنعقد هذه الندوة.
error-unknown-learner-title = شخص غير معروف
error-unknown-learner-body = لا أحد بهذا العنوان.
error-seat-taken-title = المقعد محجوز
error-seat-taken-body = لهذا الشخص مقعد بالفعل.
seminars-lead = لقاءات في مجموعات صغيرة، قريبة منك. يُفتح الباب بما تعلّمته.
seminars-none-text = اختر جهة أخرى أو عد قريبًا: مواعيد جديدة في الطريق.
seminars-new = اقتراح ندوة
seminars-edit = تعديل الندوة
seminars-hours = من { $from } إلى { $to }
seminars-days = من { $from } إلى { $to }
seminars-of-capacity = من أصل { $count }
seminars-join = الالتحاق عن بعد
seminars-retake = مراجعة الوحدة
seminars-organise = خاصّ بالفريق
seminars-taken-count = { $count ->
    [0] لم يسجّل أحد بعد.
    [one] مقعد واحد محجوز من أصل { $capacity }.
    [two] مقعدان محجوزان من أصل { $capacity }.
    [few] { $count } مقاعد محجوزة من أصل { $capacity }.
    [many] { $count } مقعدًا محجوزًا من أصل { $capacity }.
   *[other] { $count } مقعد محجوز من أصل { $capacity }.
}
seminars-part-what = ما الموضوع؟
seminars-part-when = أين ومتى؟
seminars-part-rule = من يدخل؟
seminars-part-rule-text = يُفتح الباب لمن استوفى ما يكفي من هذه الشروط. ويرى كلّ شخص ما أنجزه وما بقي له. ودون شروط يمكن للجميع التسجيل.
seminars-field-title = العنوان
seminars-field-summary = ما الذي سنعمله فيها؟
seminars-field-summary-hint = بضع جمل؛ وكلّ سطر جديد يبدأ فقرة.
seminars-field-language = لغة اللقاء
seminars-field-axis = المحور
seminars-no-axis = لا شيء
seminars-everywhere = كلّ الجهات
seminars-zone = التوقيت: { $zone }.
seminars-field-starts = البداية
seminars-field-ends = النهاية
seminars-field-place = المكان
seminars-field-place-hint = يُترك فارغًا إن كان اللقاء عن بعد فقط.
seminars-field-link = الرابط
seminars-field-link-hint = لا يظهر إلّا للمسجّلين.
seminars-capacity = عدد المقاعد
seminars-field-need = كم شرطًا يكفي؟
seminars-need-count = { $count ->
    [0] لا شيء: مفتوحة للجميع
    [one] شرط واحد على الأقلّ
    [two] شرطان على الأقلّ
    [few] { $count } شروط على الأقلّ
    [many] { $count } شرطًا على الأقلّ
   *[other] { $count } شرط على الأقلّ
}
seminars-condition = الشرط { $n }
seminars-field-module = الوحدة
seminars-no-module = (دون وحدة)
seminars-field-level = المستوى المطلوب
seminars-level-started = بدأها
seminars-level-progress = تابع منها على الأقلّ…
seminars-level-completed = أنهاها
seminars-level-passed = نجح فيها
seminars-level-score = عدد لا يقلّ عن…
seminars-field-least = النسبة المائويّة
seminars-least-hint = لا تُستعمل النسبة إلّا مع «تابع» و«عدد».
seminars-more = إضافة شروط
seminars-field-scope = من يستوفيها؟
seminars-scope-person = الشخص الذي يسجّل
seminars-scope-organisation = هو أو أيّ عضو في منظّمته
seminars-cancel = إلغاء هذه الندوة
seminars-cancel-text = لن يتمكّن أحد من التسجيل، وتصل رسالة إلى المسجّلين، وستعلن الصفحة أنّ اللقاء لن ينعقد. لا رجوع في ذلك.
seminars-cancel-do = نعم، ألغِ الندوة
seminars-attendees-of = التسجيلات: { $name }
seminars-seats-taken = مقاعد محجوزة
seminars-seats-free = مقاعد شاغرة
seminars-who = الشخص
seminars-taken-at = التسجيل
seminars-evidence = ما فتح الباب
seminars-evidence-none = الباب مفتوح للجميع
seminars-by-colleague = أنجزه عضو في المنظّمة
seminars-nobody = لم يسجّل أحد بعد
seminars-nobody-text = ستمتلئ القائمة مع أولى التسجيلات.
seminars-door-begun = بدأت هذه الندوة
seminars-door-begun-text = أُغلق التسجيل.
flash-seminar-made = أُعلن عن الندوة.
flash-seminar-changed = حُيّنت الندوة.
flash-seminar-cancelled = أُلغيت الندوة.
form-place-or-link = اذكر مكانًا، أو رابطًا إن كان اللقاء عن بعد.
form-link = اكتب العنوان كاملًا، مثل https://visio.example.org/salle.
form-ends-before = يجب أن تأتي النهاية بعد البداية.
form-percentage = اكتب نسبة مائويّة، مثل 50.
form-rule-needs-more-than-listed = اختر من الوحدات ما لا يقلّ عن عدد الشروط المطلوبة.
form-rule-level-out-of-range = النسبة بين 0 و100.
form-rule-module-twice = هذه الوحدة مذكورة في شرط آخر.
form-rule-too-many = الشروط كثيرة: 50 على الأكثر.
form-seats-above-capacity = عدد التسجيلات يفوق ذلك بالفعل.

seminars-mail-cancelled-subject = أُلغيت: { $title }
seminars-mail-cancelled-body = مرحبًا { $name }،

    لن تنعقد ندوة «{ $title }». لا حاجة إلى فعل شيء: مقعدك لم يعد محجوزًا.

    ما تعلّمته يبقى لك، ويفتح أبوابًا أخرى.
seminars-mail-cancelled-action = صفحة الندوة

## تقدّم المنظّمة

progress-osc-title = تقدّم { $name }
progress-osc-members = الأعضاء
progress-osc-started = وحدات بُدئت
progress-osc-completed = وحدات أُنهيت
progress-osc-passed = وحدات نجحوا فيها
progress-osc-mean = معدّل التقدّم
progress-osc-former = غادر المنظّمة
progress-near = على بُعد خطوة من ندوة
progress-near-none = لا أحد على بُعد خطوة من ندوة الآن.
progress-near-or = أو
progress-grid = الأعضاء والوحدات
progress-member = العضو
progress-completed-by = أنهاها
progress-former-text = ما أنجزه الأعضاء السابقون خلال عضويّتهم يبقى محتسبًا للمنظّمة.
progress-no-members = لا أعضاء بعد: ادعهم من صفحة الأعضاء.
progress-no-modules = لم تُنشر أيّ وحدة بعد.

## الشرط

seminars-need-present = الحضور في «{ $module }»
seminars-need-present-at = حضور { $percent } على الأقلّ من لقاء «{ $module }»
seminars-need-attended = حضور كامل لقاء «{ $module }»
seminars-need-fresh = { $count ->
    [one] { $need }، منذ أقلّ من شهر
    [two] { $need }، منذ أقلّ من شهرين
    [few] { $need }، منذ أقلّ من { $count } أشهر
    [many] { $need }، منذ أقلّ من { $count } شهرًا
   *[other] { $need }، منذ أقلّ من { $count } شهر
}
seminars-have-not-attended = لم تحضره
seminars-have-present = حضور بنسبة { $percent }
seminars-have-attended = كنت حاضرًا
seminars-have-stale = مرّ عليه وقت طويل: يجب إعادته
seminars-have-recognised = مكتسب اعترف به الفريق الجهوي
seminars-see-seminar = صفحة اللقاء
seminars-each-seat = على كلّ من يحضر أن يستوفيها، ومنهم من تعيّنهم منظّمة.
seminars-members = { $count ->
    [one] على عضو واحد من منظّمتك على الأقلّ أن يستوفيها بمفرده.
    [two] على عضوين من منظّمتك على الأقلّ أن يستوفياها، كلّ بمفرده.
    [few] على { $count } أعضاء من منظّمتك على الأقلّ أن يستوفوها، كلّ بمفرده.
    [many] على { $count } عضوًا من منظّمتك على الأقلّ أن يستوفوها، كلّ بمفرده.
   *[other] على { $count } عضو من منظّمتك على الأقلّ أن يستوفوها، كلّ بمفرده.
}
seminars-members-have = { $count ->
    [0] لم يستوفها أحد بعد.
    [one] استوفاها عضو واحد.
    [two] استوفاها عضوان.
    [few] استوفاها { $count } أعضاء.
    [many] استوفاها { $count } عضوًا.
   *[other] استوفاها { $count } عضو.
}
seminars-admitted = فتح لك الفريق الجهوي الباب:
seminars-scope-each-seat = كلّ من سيحضر، سواء عيّنته منظّمته أم لا
seminars-scope-members = عدّة أعضاء من منظّمته، كلّ بمفرده
seminars-field-members = كم عضوًا؟
seminars-field-members-hint = فقط مع «عدّة أعضاء».
seminars-a-seminar = لقاء: { $title }
seminars-line-more = الأقدميّة والمجموعة
seminars-field-months = ألّا يتجاوز عمره (بالأشهر)
seminars-field-group = التجميع
seminars-group = المجموعة { $letter }
seminars-group-none = خارج المجموعات
seminars-field-group-need = كم يكفي من المجموعة { $letter }؟
seminars-rule-kept = لهذا الشرط عدّة طبقات لا يتّسع لها هذا النموذج: يبقى كما هو.
seminars-simulate = من يمكنه التسجيل؟
seminars-simulated = لو طُبّق هذا الشرط اليوم
seminars-simulated-eligible = يمكنهم التسجيل
seminars-simulated-organisations = المنظّمات
seminars-simulated-near = على بُعد خطوة
seminars-simulated-population = مجموع الحسابات
seminars-older-rule = سُجّل وفق الشرط رقم { $n }
seminars-decisions = قرارات الفريق
seminars-decisions-text = لكلّ قرار سبب، ويبقى مسجّلًا.
seminars-admissions = أبواب فُتحت استثناءً
seminars-recognitions = مكتسبات معترف بها
seminars-revoke = سحب
seminars-admit = فتح الباب لشخص استثناءً
seminars-admit-text = يحجز الشخص مقعده بنفسه إن بقيت مقاعد.
seminars-admit-do = فتح الباب
seminars-recognise = الاعتراف بمكتسب
seminars-recognise-text = تُحتسب الوحدة ناجحة، هنا وحيثما طُلبت.
seminars-recognise-do = اعتراف
seminars-field-email = البريد الإلكتروني للشخص
seminars-field-reason = السبب
flash-seminar-admitted = فُتح الباب لهذا الشخص.
flash-learning-recognised = اعتُرف بالمكتسب.
flash-recognition-revoked = سُحب الاعتراف.
form-nobody-there = لا حساب نشطًا بهذا العنوان.
form-rule-too-deep = طبقات الشرط كثيرة.
form-rule-group-of-nothing = كلّ مجموعة تطلب شرطًا واحدًا على الأقلّ.
form-rule-members-out-of-range = عدد الأعضاء بين 1 و50.
form-rule-months-out-of-range = عدد الأشهر بين 1 و120.
form-rule-seminar-level = اللقاء يُحضر ولا يُنجح فيه: اختر «بدأها» أو «تابع» أو «أنهاها».
form-rule-module-or-seminar = يذكر كلّ شرط وحدة أو لقاء.

## المقاعد

seminars-door-offered = مقعد في انتظارك
seminars-door-offered-text = شغر من أجلك: أكّد ليصبح لك.
seminars-door-waiting = أنت على قائمة الانتظار
seminars-door-waiting-text = حالما يشغر مقعد لك نراسلك، ولك يومان لتأكيده.
seminars-offered-until = للتأكيد قبل: { $at }.
seminars-waiting-place = رتبتك: { $n }.
seminars-wait = التسجيل في قائمة الانتظار
seminars-waiting-leave = مغادرة قائمة الانتظار
seminars-group-for = مقاعد لمنظّمتي
seminars-group-title = مقاعد محجوزة: { $name }
seminars-group-seats = مقاعد المنظّمة
seminars-group-reserved = { $count ->
    [one] مقعد واحد محجوز
    [two] مقعدان محجوزان
    [few] { $count } مقاعد محجوزة
    [many] { $count } مقعدًا محجوزًا
   *[other] { $count } مقعد محجوز
}
seminars-group-unnamed = { $count ->
    [one] مقعد واحد دون اسم.
    [two] مقعدان دون اسم.
    [few] { $count } مقاعد دون أسماء.
    [many] { $count } مقعدًا دون أسماء.
   *[other] { $count } مقعد دون أسماء.
}
seminars-group-name-by = للتعيين قبل: { $at }؛ ثمّ تذهب إلى غيركم.
seminars-group-who = من سيحضر؟
seminars-group-name = منح المقعد
seminars-group-release = التخلّي عن المقاعد دون أسماء
seminars-group-offered = { $count ->
    [one] مقعد في انتظاركم
    [two] مقعدان في انتظاركم
    [few] { $count } مقاعد في انتظاركم
    [many] { $count } مقعدًا في انتظاركم
   *[other] { $count } مقعد في انتظاركم
}
seminars-group-accept = قبول هذه المقاعد
seminars-group-waiting = { $count ->
    [one] على قائمة الانتظار لمقعد واحد
    [two] على قائمة الانتظار لمقعدين معًا
    [few] على قائمة الانتظار لـ{ $count } مقاعد معًا
    [many] على قائمة الانتظار لـ{ $count } مقعدًا معًا
   *[other] على قائمة الانتظار لـ{ $count } مقعد معًا
}
seminars-group-waiting-text = تحصلون عليها كلّها أو لا شيء.
seminars-group-more = حجز مقاعد
seminars-group-more-text = احجزوا الآن وعيّنوا الأشخاص لاحقًا. وإن لم تكف المقاعد فانتظروها معًا.
seminars-group-how-many = كم مقعدًا؟
seminars-group-reserve = حجز
seminars-group-wait = انتظار هذه المقاعد معًا
seminars-waiting-list = قائمة الانتظار
seminars-waiting-since = منذ: { $at }
seminars-waiting-seats = { $count ->
    [one] مقعد واحد
    [two] مقعدان
    [few] { $count } مقاعد
    [many] { $count } مقعدًا
   *[other] { $count } مقعد
}
seminars-quotas = مقاعد مخصّصة
seminars-quotas-text = محفوظة لنوع من المنظّمات أو لجهة، إلى أن تُفتح للجميع.
seminars-quota-region = جهة { $region }
seminars-quota-until = إلى { $at }
seminars-quota-released = مفتوحة للجميع
seminars-quota-remove = فتحها للجميع
seminars-quota-add = تخصيص مقاعد
seminars-quota-for = لمن؟
seminars-quota-release = إلى متى؟
seminars-quota-set = تخصيص
flash-waiting-joined = أنت على قائمة الانتظار.
flash-waiting-left = غادرت قائمة الانتظار.
flash-seats-reserved = حُجزت المقاعد.
flash-seats-released = تخلّيتم عن المقاعد دون أسماء.
flash-seat-named = مُنح المقعد.
flash-quota-set = خُصّصت المقاعد.
flash-quota-removed = فُتحت هذه المقاعد للجميع.
form-before-start = يجب أن يسبق التاريخ بداية اللقاء.
error-seats-set-aside-title = مقاعد مخصّصة
error-seats-set-aside-body = المقاعد الباقية محفوظة لمنظّمات أخرى. سجّل في قائمة الانتظار فقد تُفتح.
error-not-enough-seats-title = المقاعد لا تكفي
error-not-enough-seats-body = { $count ->
    [one] لم يبق لمنظّمتك إلّا مقعد واحد.
    [two] بقي لمنظّمتك مقعدان.
    [few] بقيت لمنظّمتك { $count } مقاعد.
    [many] بقي لمنظّمتك { $count } مقعدًا.
   *[other] بقي لمنظّمتك { $count } مقعد.
}
error-seats-free-title = المقاعد متوفّرة
error-seats-free-body = يوجد مقعد شاغر: احجزه.
error-offer-gone-title = انتهى العرض
error-offer-gone-body = مضى أجل التأكيد.
error-waiting-already-title = على القائمة بالفعل
error-waiting-already-body = منظّمتك على قائمة الانتظار بالفعل.
error-not-a-member-title = ليس عضوًا
error-not-a-member-body = هذا الشخص ليس عضوًا في المنظّمة.
error-all-seats-named-title = لكلّ المقاعد أسماء
error-all-seats-named-body = لم يبق في هذا الحجز مقعد دون اسم.
seminars-mail-offered-subject = مقعد لك: { $title }
seminars-mail-offered-body = مرحبًا { $name }،

    { $count ->
        [one] شغر مقعد
        [two] شغر مقعدان
        [few] شغرت { $count } مقاعد
        [many] شغر { $count } مقعدًا
       *[other] شغر { $count } مقعد
    } في «{ $title }». أكّد قبل { $until }، وإلّا ذهب إلى من يليك.
seminars-mail-offered-action = تأكيد

## البرنامج

seminars-meetings = المواعيد
seminars-meeting = الموعد { $n }
seminars-meeting-about = موضوع هذا الموعد
seminars-meetings-hint = لحذف موعد أفرغ بدايته ونهايته.
seminars-to-calendar = إضافة إلى مفكّرتي
seminars-one-to-calendar = هذا الموعد في مفكّرتي
seminars-agenda = سير اللقاء
seminars-trainers = مع
seminars-materials = الوثائق
seminars-material = الوثيقة { $n }
seminars-material-phase = متى؟
seminars-material-label = الاسم
seminars-material-url = الرابط
seminars-materials-hint = «قبل» تظهر للجميع، و«أثناء» و«بعد» للمسجّلين.
seminars-phase-before = قبل
seminars-phase-during = أثناء
seminars-phase-after = بعد
seminars-one-a-line = سطر لكلّ واحد.
seminars-programme = البرنامج
seminars-programme-of = البرنامج: { $name }
seminars-programme-who = من، وكيف؟
seminars-more-lines = إضافة أسطر
seminars-duplicate = إعادتها في مكان آخر
seminars-duplicate-of = إعادة: { $name }
seminars-duplicate-text = { $count ->
    [one] يُنقل الموعد والبرنامج والوثائق والشرط، دون التسجيلات.
    [two] يُنقل الموعدان معًا، والبرنامج والوثائق والشرط، دون التسجيلات.
    [few] تُنقل المواعيد الـ{ $count } معًا، والبرنامج والوثائق والشرط، دون التسجيلات.
    [many] تُنقل المواعيد الـ{ $count } معًا، والبرنامج والوثائق والشرط، دون التسجيلات.
   *[other] تُنقل المواعيد الـ{ $count } معًا، والبرنامج والوثائق والشرط، دون التسجيلات.
}
seminars-duplicate-waiting = { $count ->
    [one] شخص واحد ينتظر موعدًا جديدًا: سنخبره.
    [two] شخصان ينتظران موعدًا جديدًا: سنخبرهما.
    [few] { $count } أشخاص ينتظرون موعدًا جديدًا: سنخبرهم.
    [many] { $count } شخصًا ينتظرون موعدًا جديدًا: سنخبرهم.
   *[other] { $count } شخص ينتظرون موعدًا جديدًا: سنخبرهم.
}
seminars-duplicate-starts = يبدأ الموعد الأوّل
seminars-duplicate-do = إنشاء اللقاء
seminars-want = أعلموني بالموعد القادم
seminars-wanted = سنراسلك حالما يوجد موعد آخر.
seminars-want-no-longer = لا تعلموني
seminars-calendar = مفكّرتي
seminars-calendar-name = حلقة: لقاءاتي
seminars-calendar-join = عن بعد: { $link }
seminars-calendar-lead = لقاءاتك في مفكّرة هاتفك، محيّنة دائمًا حتّى إن تغيّر موعد.
seminars-calendar-address = عنوانك السرّي
seminars-calendar-how = في مفكّرتك اختر «الاشتراك» وألصق هذا العنوان. لا تعطه لأحد: فهو يبيّن أين ستكون.
seminars-calendar-open = فتح المفكّرة
seminars-calendar-renew = تغيير العنوان
seminars-calendar-renew-text = لن يظهر العنوان الحالي شيئًا، ويجب الاشتراك في الجديد.
seminars-calendar-renew-do = نعم، غيّر العنوان
flash-calendar-renewed = هذا عنوانك الجديد.
flash-interest-kept = سُجّل ذلك: سنراسلك.
flash-interest-dropped = سُجّل ذلك: لن نراسلك.
form-meeting-attended = لا يمكن حذف موعد حضره أحد.
error-meeting-attended-title = موعد انعقد
error-meeting-attended-body = لا يمكن حذف موعد حضره أحد.
seminars-mail-again-subject = موعد جديد: { $title }
seminars-mail-again-body = مرحبًا { $name }،

    ينعقد «{ $title }» من جديد. طلبت أن نخبرك.
seminars-mail-again-action = الموعد
seminars-mail-reminder-subject = قريبًا: { $title }
seminars-mail-reminder-body = مرحبًا { $name }،

    نحن في انتظارك في «{ $title }»: { $at }، { $place }.

    إن تعذّر عليك الحضور فتخلّ عن مقعدك: قد يكون أحد في انتظاره.
seminars-mail-reminder-action = صفحة اللقاء
