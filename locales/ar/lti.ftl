### LTI

lti-description = وحدات قصيرة للجمعيّات: الحياة الجمعيّاتية والمشاريع والمناصرة والشفافية.
lti-pick = اختيار وحدات من حلقة
lti-learner-unnamed = بلا اسم
lti-comment-progress = قيد الإنجاز: { $percent }%
lti-back = العودة إلى الدرس
lti-reason = إشارة للمشرف:
lti-continue-title = فتح الوحدة
lti-continue-wait = لحظة من فضلك…
lti-continue-why = متصفّحك لا يسمح لهذه الصفحة بأن تتذكّرك داخل موقع آخر. افتح الوحدة في نافذة جديدة وستجد تقدّمك كما تركته.
lti-continue-window = الفتح في نافذة جديدة
lti-continue-here = المتابعة هنا
lti-answer-title = العودة إلى منصّتك
lti-answer-text = اختيارك جاهز. إن لم يحدث شيء فاستعمل الزرّ.
lti-answer-button = متابعة
lti-window-why = تُفتح هذه الوحدة في نافذة خاصّة بها، لأنّ متصفّحك يمنع عرضها داخل موقع آخر.
lti-window-after = تعود نتائجك إلى هنا تلقائيّا. أغلق النافذة عندما تنتهي.

lti-waiting-title = الوحدة قادمة قريبا
lti-waiting-text = لم يختر منشّط هذا الدرس الوحدة بعد. عد بعد قليل.
lti-done-title = تمّ الحفظ
lti-done-text = تقدّمك محفوظ، وستواصل من هنا تماما.
lti-done-close = يمكنك غلق هذه النافذة.
lti-done-link = هل لديك أيضا حساب على حلقة؟
lti-done-link-action = اربط بينهما
lti-link-title = ربط حساباتي
lti-link-lead = أنت متّصل هنا باسم { $name }.
lti-link-text = من الآن سيُحتسب ما تتعلّمه من منصّتك لهذا الحساب. أمّا ما أنجزته هناك من قبل فيبقى منفصلا.
lti-link-whose = أنت على «{ $platform }» باسم «{ $name }». إن لم تكن أنت، فلا تربط شيئا: سيدخل ذلك الشخص إلى حسابك.
lti-link-action = الربط بهذا الحساب
lti-link-no = لا، شكرا
lti-identities-title = منصّاتي
lti-identities-lead = منصّات الدروس التي تفتح منها الوحدات بهذا الحساب.
lti-identities-seen = آخر فتح:
lti-identities-unlink = فكّ الربط
lti-identities-none = لا منصّة مرتبطة
lti-identities-none-text = افتح وحدة من منصّتك ثمّ غادرها: سنقترح عليك ربط الحسابين.
lti-register-title = ربط هذه المنصّة بحلقة
lti-register-text = ستتمكّن { $host } من فتح وحدات حلقة وتلقّي النتائج. ثمّ يؤكّد مشرف من حلقة.
lti-register-action = ربط
lti-register-done = تمّ. بقي أن يؤكّد مشرف من حلقة، ثمّ فعّل الأداة من جهتك.
lti-register-close = إنهاء
lti-shelf-title = اختيار الوحدات
lti-shelf-link = أيّ وحدة يفتح هذا الرابط؟
lti-shelf-search = البحث عن وحدة
lti-shelf-language = اللغة
lti-shelf-any = الكلّ
lti-shelf-axis = المحور
lti-shelf-any-axis = الكل
lti-shelf-preview = معاينة
lti-shelf-preview-of = معاينة { $title } في نافذة جديدة
lti-shelf-graded = إرسال النتائج إلى دفتر الأعداد
lti-shelf-target = تُفتح الوحدة
lti-shelf-iframe = داخل صفحة الدرس
lti-shelf-window = في نافذة جديدة
lti-shelf-add = الإضافة إلى الدرس
lti-shelf-choose = اختيار هذه الوحدة
lti-shelf-cancel = إلغاء
lti-shelf-none = لا وحدات
lti-shelf-none-text = جرّب كلمة أخرى أو لغة أخرى.
lti-shelf-nothing = اختر وحدة واحدة على الأقلّ.
lti-shelf-impossible = منصّتك لا تقبل روابط إلى أدوات في هذا الموضع.
lti-class-open = فتح الوحدة
lti-class-change = تغيير الوحدة
lti-class-members = من لم يبدأ بعد؟
lti-class-silent = منصّتك لا تعطي قائمة المسجّلين. أعد المحاولة لاحقا.
lti-class-learners = التقدّم
lti-class-nobody = لم يفتح أحد هذه الوحدة بعد.
lti-class-sent = أُرسل العدد
lti-class-unsent = العدد في الطريق
lti-admin-title = منصّات الدروس (LTI)
lti-admin-lead = تفتح منصّات مثل Moodle وCanvas وحدات حلقة وتتلقّى نتائجها.
lti-platforms = المنصّات المرتبطة
lti-platforms-none = لا منصّة حتّى الآن
lti-platforms-none-text = حضّر رابط تسجيل وسلّمه إلى مشرف المنصّة.
lti-state-pending = في انتظار التأكيد
lti-state-active = مفتوحة
lti-state-closed = مغلقة
lti-invite-title = تسجيل منصّة
lti-invite-text = يُستعمل الرابط مرّة واحدة خلال سبعة أيّام. يلصقه مشرف المنصّة في التسجيل الديناميكي لـ LTI 1.3.
lti-invite-action = تحضير الرابط
lti-invitation-once = انسخ هذا الرابط الآن: لن يظهر مرّة أخرى.
lti-consumer-once = انسخ المفتاح والسرّ الآن: لن يظهر السرّ مرّة أخرى.
lti-add-platform = التسجيل اليدوي (LTI 1.3)
lti-add-platform-text = أعط هذه العناوين للمنصّة ثمّ دوّن عناوينها هنا.
lti-add-platform-action = تسجيل المنصّة
lti-add-consumer = منصّة قديمة (LTI 1.1)
lti-add-consumer-text = للمنصّات التي لا تعرف LTI 1.3: مفتاح وسرّ.
lti-add-consumer-action = تحضير المفتاح والسرّ
lti-ours-login = عنوان الدخول
lti-ours-launch = عنوان الإطلاق وإعادة التوجيه
lti-ours-deep-linking = عنوان اختيار المحتوى
lti-ours-jwks = المفاتيح العمومية
lti-ours-cartridge = خرطوشة LTI 1.1
lti-field-name = الاسم
lti-field-issuer = المُصدِر (issuer)
lti-field-client-id = معرّف العميل (client ID)
lti-field-auth-url = عنوان المصادقة
lti-field-token-url = عنوان الرموز
lti-field-jwks-url = عنوان المفاتيح (JWKS)
lti-field-deployment = النشر
lti-field-deployment-hint = إن تُرك فارغا: تُقبل كلّ عمليّات النشر لهذه المنصّة.
lti-field-organisation = المنظّمة
lti-field-organisation-hint = من يأتي من هذه المنصّة يصبح عضوا فيها ويُحتسب تقدّمه لها.
lti-no-organisation = لا شيء
lti-field-hosts = عناوين أخرى لهذه المنصّة
lti-field-hosts-hint = أسماء نطاقات تفصل بينها مسافات، إن كانت الأعداد أو الصفحات تأتي من مكان آخر.
lti-field-open-deployments = قبول عمليّات النشر الجديدة
lti-field-guests = قبول الإطلاق المجهول
lti-field-lenient = قبول التوقيعات التي تكرّر العنوان في الاستمارة (Canvas)
lti-field-key = المفتاح
lti-field-secret = السرّ
lti-pending-text = سجّلت هذه المنصّة نفسها برابطك. تحقّق من عناوينها ثمّ افتحها.
lti-open = فتح
lti-close = غلق
lti-deployments = عمليّات النشر
lti-deployment-accept = قبول
lti-contexts = الدروس
lti-contexts-text = يمكن أن يُحتسب درس لمنظّمة: يصبح المشاركون فيه أعضاء عند فتحهم القادم.
lti-keys-title = مفاتيح التوقيع
lti-keys-text = يُنشر المفتاح الجديد قبل استعماله بيوم، ويبقى القديم منشورا أسبوعا.
lti-keys-from = يوقّع ابتداء من
lti-keys-until = منشور إلى
lti-keys-signs = قيد الاستعمال
lti-keys-rotate = تحضير المفتاح التالي
lti-grades-title = أعداد في انتظار الإرسال
lti-grades-lead = ما لم يصل بعد إلى المنصّات ولماذا.
lti-grades-failed = فشل
lti-grades-under-way = في الطريق
lti-grades-retry = إعادة المحاولة
lti-grades-none = أُرسل كلّ شيء
lti-grades-none-text = لدى كلّ منصّة آخر أعداد متعلّميها.
flash-lti-linked = تمّ ربط حساباتك.
flash-lti-unlinked = فُكّ ربط المنصّة بهذا الحساب.
flash-lti-rotated = نُشر المفتاح التالي وسيوقّع بعد يوم.
form-address = هذا العنوان غير صالح: يجب أن يبدأ بـ https://.
form-lti-registered = هذه المنصّة مسجّلة من قبل بهذا المعرّف.
lti-class-count = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصا
   *[other] { $count } شخص
}
lti-class-completed = { $count ->
    [zero] لم يُنه أحد
    [one] أنهى شخص واحد
    [two] أنهى شخصان
    [few] أنهى { $count } أشخاص
    [many] أنهى { $count } شخصا
   *[other] أنهى { $count } شخص
}
lti-class-missing = { $count ->
    [zero] بدأ الجميع
    [one] شخص واحد لم يبدأ
    [two] شخصان لم يبدآ
    [few] { $count } أشخاص لم يبدؤوا
    [many] { $count } شخصا لم يبدؤوا
   *[other] { $count } شخص لم يبدؤوا
}
lti-grades-waiting = { $count ->
    [zero] أُرسلت كلّ الأعداد
    [one] عدد واحد للإرسال
    [two] عددان للإرسال
    [few] { $count } أعداد للإرسال
    [many] { $count } عددا للإرسال
   *[other] { $count } عدد للإرسال
}
lti-grades-tries = { $count ->
    [zero] بلا محاولة
    [one] محاولة واحدة
    [two] محاولتان
    [few] { $count } محاولات
    [many] { $count } محاولة
   *[other] { $count } محاولة
}
error-lti-unreadable-title = رسالة غير مقروءة
error-lti-unreadable-body = أرسلت منصّة دروسك شيئا ناقصا. افتح الوحدة من درسك، وإن تكرّر الأمر فأعلم مشرف المنصّة.
error-lti-too-large-title = رسالة طويلة جدّا
error-lti-too-large-body = أرسلت منصّة دروسك بيانات أكثر من اللازم. أعلم مشرفها.
error-lti-relaunch-title = افتح الوحدة من جديد
error-lti-relaunch-body = هذا الفتح استُعمل من قبل أو انتهت مدّته أو جاء من متصفّح آخر. عد إلى درسك واضغط الرابط من جديد: تقدّمك في انتظارك.
error-lti-untrusted-title = التوقيع غير صحيح
error-lti-untrusted-body = لا يمكننا التحقّق من أنّ هذه الرسالة من منصّة دروسك. أعلم مشرفها.
error-lti-unknown-platform-title = هذه المنصّة غير مرتبطة
error-lti-unknown-platform-body = منصّة دروسك غير مرتبطة بحلقة أو لم تعد كذلك. يمكن لمشرفها طلب التسجيل.
error-lti-deployment-title = اسأل المشرف
error-lti-deployment-body = هذا الموضع من منصّتك غير مفتوح هنا بعد. يرى مشرف حلقة الطلب ويمكنه قبوله.
error-lti-suspended-title = هذا الحساب موقوف
error-lti-suspended-body = راسل فريق حلقة إن كنت ترى في ذلك خطأ.
error-lti-anonymous-title = من أنت؟
error-lti-anonymous-body = لم تقل منصّتك من أنت، والإطلاق المجهول غير مقبول هنا.
error-lti-instructor-title = لمن يدرّس فقط
error-lti-instructor-body = لا يضيف الوحدات إلى هذا الدرس إلّا من يدرّس فيه.
error-lti-no-module-title = هذه الوحدة لم تعد موجودة
error-lti-no-module-body = يقود الرابط إلى وحدة غير موجودة أو لم تعد منشورة. أعلم منشّط الدرس.
error-lti-too-many-title = قليلا من الصبر
error-lti-too-many-body = عمليّات فتح كثيرة في وقت واحد من شبكتك. أعد المحاولة بعد دقيقة.
error-lti-platform-title = منصّتك رفضت
error-lti-platform-body = لم تؤكّد منصّة دروسك الفتح. أعد الدخول إليها ثمّ حاول من جديد.
error-lti-session-title = انتهى هذا الفتح
error-lti-session-body = عد إلى درسك وافتح الوحدة من جديد.
error-lti-registered-title = مسجّلة من قبل
error-lti-registered-body = هذه المنصّة مسجّلة من قبل بهذا المعرّف.
error-lti-registration-title = تسجيل ناقص
error-lti-registration-body = تحقّق من هذا الحقل: { $field }.
error-lti-unknown-organisation-title = منظمة غير معروفة
error-lti-unknown-organisation-body = اختاروا منظمة من القائمة أو اتركوا الخانة فارغة.
lti-grades-retry-all = إعادة محاولة إرسال كل النقاط المتروكة
