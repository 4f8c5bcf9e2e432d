### Organisations

organisations-title = دليل المنظمات
organisations-lead = جمعيات وشبكات وهياكل عمومية من الحلقة، جهة بجهة.
organisations-new = إضافة منظمة
organisations-edit = وصف المنظمة
organisations-all = الكل
organisations-search = الاسم أو الولاية
organisations-results = المنظمات الموجودة
organisations-name = الاسم
organisations-region = الجهة
organisations-governorate = الولاية
organisations-about = نشاطها
organisations-axis = المحور
organisations-axes = المحاور
organisations-kind = النوع
organisations-kind-association = جمعية
organisations-kind-network = شبكة
organisations-kind-public-actor = هيكل عمومي
organisations-verified = متحقق منها
organisations-verify = تأكيد التحقق
organisations-unverify = سحب التحقق
organisations-none = لا توجد منظمة
organisations-none-text = وسّع البحث: مرشحات أقل أو جزء من الاسم.
organisations-tab-about = تعريف
organisations-tab-members = الأعضاء
organisations-tab-progress = التقدم
organisations-since = منذ
organisations-until = إلى
organisations-past = غادر
organisations-coordinator = تنسيق
organisations-invited = أُرسلت الدعوة
organisations-make-coordinator = تكليف بالتنسيق
organisations-make-member = سحب التنسيق
organisations-end = إنهاء العضوية
organisations-invite = دعوة شخص
organisations-invite-send = إرسال الدعوة
error-last-coordinator-title = هذا آخر منسق
error-last-coordinator-body = كلّف شخصا آخر بالتنسيق أولا: لا تبقى المنظمة دون منسق.
organisations-members-count = { $count ->
    [0] الأعضاء
    [one] عضو واحد
    [two] عضوان
    [few] { $count } أعضاء
    [many] { $count } عضوا
   *[other] { $count } عضو
}
organisations-no-members = لا أحد بعد: ابدأ بدعوة من سيتولى التنسيق.
organisations-past-members = أعضاء سابقون
organisations-past-text = ما تعلمه هؤلاء خلال عضويتهم يبقى محتسبا للمنظمة.
organisations-change-of = تعديل عضوية { $name }
organisations-no-about = لم تعرّف هذه المنظمة بنفسها بعد.

# الاحتجاب والثقة
organisations-resting = جمعيّتكم محتجبة
organisations-resting-text = لا يراها أحد غيركم: لا صفحتها ولا أعضاءها ولا ما كتبوه. لم يضع شيء.
organisations-wake = إنهاء الاحتجاب
organisations-rest = حجب الجمعيّة مؤقّتًا
organisations-rest-text = في لحظة واحدة تختفي جمعيّتكم وأعضاؤها وكلّ ما نشروه عن الآخرين: الصفحات والقوائم والبحث وخيوط الاشتراك. يحتفظ أعضاؤكم بحساباتهم ووحداتهم.
organisations-rest-back = يمكنكم إنهاء ذلك متى شئتم: يعود كلّ شيء كما كان.
organisations-rest-now = احجبوها الآن
organisations-trust = نشر وثائقها دون مصادقة
organisations-untrust = إعادة المصادقة على وثائقها
flash-resting = تمّ: جمعيّتكم محتجبة الآن.
flash-awake = أصبحت جمعيّتكم ظاهرة من جديد.
organisations-documents = وثائقها

# الدعوات
organisations-invite-text = تصل الشخص رسالة، ويصبح عضوًا عندما يقبل، سواء كان له حساب أم لا.
flash-member-invited = تمّ: أُرسلت الدعوة. يصبح الشخص عضوًا عندما يقبلها.
flash-member-waits = لهذا العنوان دعوة تنتظر الجواب.
flash-member-already = هذا الشخص عضو من قبل.
flash-member-declined = اعتذر هذا الشخص مؤخّرًا: لن نراسله في الوقت الحالي.
flash-link-made = الرابط جاهز: شاركه.
flash-revoked = تمّ سحب الدعوة: لم تعد صالحة.
flash-joined = مرحبًا! أصبحت عضوًا.
flash-declined = سجّلنا ذلك: لقد اعتذرت عن الدعوة.
flash-left = تمّ: لقد غادرت الجمعيّة.
organisations-waiting = { $count ->
    [zero] الدعوات
    [one] دعوة واحدة في الانتظار
    [two] دعوتان في الانتظار
    [few] { $count } دعوات في الانتظار
    [many] { $count } دعوة في الانتظار
   *[other] { $count } دعوة في الانتظار
}
organisations-invited-at = دُعي في
organisations-declined = اعتذر
organisations-expired = انتهت صلاحيّتها
organisations-revoke = سحب
organisations-revoke-of = سحب دعوة { $name }
organisations-leave = مغادرة
organisations-leave-of = مغادرة { $organisation }
organisations-leave-text = ما تعلّمته يبقى لك. ولن يظهر تقدّمك للجمعيّة بعد ذلك.
organisations-leave-now = مغادرة الجمعيّة
organisations-invitations = الدعوة إلى الجمعيّة
organisations-invitations-more = برابط أو رمز QR أو قائمة
organisations-links = رابط للمشاركة
organisations-links-text = أرسله إلى مجموعتكم، أو اعرض رمز QR في الاجتماع. كلّ واحد يختار أن يقبل.
organisations-link-qr = رمز QR لرابط الدعوة
organisations-link-address = عنوان الرابط
organisations-link-uses = استُعمل { $uses } من { $max }
organisations-link-revoke = تعطيل هذا الرابط
organisations-link-for = عدد الأشخاص
organisations-link-days = مدّة الصلاحيّة (أيّام)
organisations-link-make = إنشاء رابط
organisations-sheet = قائمة عناوين
organisations-sheet-text = ملفّ CSV فيه عمودا «الاسم» و«البريد» (و«اللغة» إن أردت): 10000 سطر على الأكثر. تصلح الفواصل المنقوطة التي يستعملها Excel.
organisations-sheet-file = ملفّ CSV
organisations-sheet-send = دعوة هؤلاء الأشخاص
organisations-sheet-coding = هذا الملفّ ليس بترميز UTF-8. في Excel: «حفظ باسم» ثمّ «CSV UTF-8».
organisations-sheet-too-long = هذا الملفّ طويل: 10000 سطر و2 ميغابايت على الأكثر. قسّمه إلى عدّة ملفّات.
organisations-sheet-empty = لم نجد في هذا الملفّ أيّ سطر نقرؤه.
organisations-sheet-answer = { $sent ->
    [zero] لم تُرسل أيّ دعوة، من { $all } سطر
    [one] أُرسلت دعوة واحدة، من { $all } سطر
    [two] أُرسلت دعوتان، من { $all } سطر
    [few] أُرسلت { $sent } دعوات، من { $all } سطر
    [many] أُرسلت { $sent } دعوة، من { $all } سطر
   *[other] أُرسلت { $sent } دعوة، من { $all } سطر
}
organisations-sheet-line = السطر
organisations-sheet-result = النتيجة
organisations-sheet-more = { $count ->
    [zero] لا أسطر أخرى.
    [one] وسطر آخر عولج بالطريقة نفسها.
    [two] وسطران آخران عولجا بالطريقة نفسها.
    [few] و{ $count } أسطر أخرى عولجت بالطريقة نفسها.
    [many] و{ $count } سطرًا آخر عولجت بالطريقة نفسها.
   *[other] و{ $count } سطر آخر عولجت بالطريقة نفسها.
}
organisations-sheet-sent = أُرسلت الدعوة
organisations-sheet-waiting = مدعوّ من قبل
organisations-sheet-member = عضو من قبل
organisations-sheet-declined = اعتذر مؤخّرًا
organisations-sheet-too-many = بُلغ حدّ اليوم
organisations-sheet-no-address = لا عنوان
organisations-sheet-address = عنوان غير مقروء
organisations-sheet-name = اسم مرفوض: طويل جدًّا أو صيغة حسابيّة
organisations-sheet-twice = العنوان مذكور أعلاه
organisations-join = الانضمام إلى { $organisation }
organisations-join-text = سيرى المنسّقون اسمك وعنوانك وتقدّمك في الوحدات طيلة عضويّتك. ويمكنك المغادرة متى شئت.
organisations-join-sent = انظر في بريدك: في الرسالة رابط القبول.
organisations-join-member = أنت عضو فيها من قبل.
organisations-join-as = القبول باسم { $name }
organisations-join-sign-in = لي حساب: الدخول للقبول
organisations-join-create = إنشاء حسابي والقبول
organisations-join-decline = لا، شكرًا
organisations-join-ask = ليس لي حساب بعد
organisations-join-ask-text = اكتب عنوانك: نرسل إليه رابط القبول.
organisations-join-ask-send = استلام الرابط
organisations-mail-invitation-subject = { $inviter }: دعوة للانضمام إلى { $organisation }
organisations-mail-invitation-body = مرحبًا { $name }،

    تصلك هذه الدعوة من { $inviter } للانضمام إلى { $organisation } على حلقة، حيث تتعلّم الجمعيّات من بعضها.

    لا يتمّ شيء دونك: افتح الرابط لتقبل أو تعتذر. يبقى صالحًا 30 يومًا.
organisations-mail-invitation-action = عرض الدعوة
error-too-many-invitations-title = دعوات كثيرة اليوم
error-too-many-invitations-body = بُلغ حدّ اليوم. واصل غدًا، أو اسأل مكتبكم الجهوي.
error-no-address-title = ليس لهذا الشخص عنوان
error-no-address-body = جاء من منصّة أخرى دون عنوان: لا يمكن إرسال أيّ رسالة إليه.

organisations-verified-by = تحقّق منها { $name } في
organisations-verified-on = تمّ التحقّق منها في
organisations-confirmed = أكّدتها الجمعيّة في
organisations-updated = حُيّنت البطاقة في
organisations-confirm = كلّ شيء ما زال صحيحًا
organisations-members-only = لمن سجّل الدخول فقط
organisations-make-public = فتح هذه الصفحة للجميع
organisations-make-private = حصر هذه الصفحة في من سجّل الدخول
flash-confirmed = شكرًا: تأكّدت البطاقة اليوم.
