### وحدات في منصّات أخرى

dispatch-title = في منصّات أخرى
dispatch-lead = أعطوا منصّة أخرى حزمة صغيرة تفتح هذه الوحدة من هنا. ويبقى الأمر بأيديكم: التحديث والنتائج والسحب.
dispatch-link = في منصّات أخرى
dispatch-list = المنصّات
dispatch-state-active = مفتوح
dispatch-state-revoked = مسحوب
dispatch-state-expired = منتهٍ
dispatch-until = حتى
dispatch-origins = يُفتح من
dispatch-origins-none = سيُحفظ عنوان المنصّة عند أوّل فتح.
dispatch-seen = آخر فتح
dispatch-hashed = معرّفات مموّهة
dispatch-change = تعديل
dispatch-revoke = سحب
dispatch-restore = إعادة الفتح
dispatch-new = لمنصّة جديدة
dispatch-new-text = مودل و360Learning وBlackboard…: كلّ منصّة تستورد SCORM أو cmi5. حزمة لكلّ منصّة.
dispatch-field-name = المنصّة
dispatch-field-name-hint = مثلا: مودل جامعة صفاقس.
dispatch-field-cap = أقصى عدد للمتعلّمين
dispatch-field-until = مفتوح حتى
dispatch-field-organisation = منظّمة المتعلّمين
dispatch-field-origins = عناوين المنصّة
dispatch-field-origins-hint = عنوان في كلّ سطر، مثل https://moodle.exemple.tn. إن تُرك فارغا يُحفظ عند أوّل فتح.
dispatch-hash = تمويه معرّفات المتعلّمين في متصفّحاتهم
dispatch-names = استقبال أسماء المتعلّمين
dispatch-make = إعداد الحزمة
dispatch-not = لا يمكن نشر هذه الوحدة هكذا
flash-dispatch-made = الحزمة جاهزة: نزّلوها بالصيغة التي تقبلها المنصّة.
dispatch-client-wait = الوحدة تُفتح…
dispatch-client-no-lms = تُفتح هذه الوحدة من منصّة دروس: استوردوا الحزمة ثمّ افتحوها هناك.
dispatch-client-offline = تعذّر فتح الوحدة. تحقّق من الاتصال ثمّ أعد المحاولة.
dispatch-client-done = تمّ الحفظ. يمكنك مغادرة هذا النشاط.
error-dispatch-format-title = لا يمكن نشر هذه الوحدة هكذا
error-dispatch-format-body = لا تُفتح أدوات المواقع الأخرى داخل إطار منصّة أخرى.
error-dispatch-revoked-title = سُحبت هذه الوحدة
error-dispatch-revoked-body = لم تعد هذه الوحدة متاحة على هذه المنصّة.
error-dispatch-expired-title = لم تعد هذه الوحدة مفتوحة
error-dispatch-expired-body = انتهت مدّة فتح هذه الوحدة.
error-dispatch-full-title = كلّ المقاعد مشغولة
error-dispatch-full-body = بلغ عدد المتعلّمين الحدّ المقرّر لهذه المنصّة.
error-dispatch-origin-title = هذا العنوان غير متوقّع
error-dispatch-origin-body = أُعدّت هذه الحزمة لمنصّة أخرى. اطلبوا حزمة لهذه المنصّة.
error-dispatch-learner-title = لا تذكر المنصّة من أنت
error-dispatch-learner-body = لم ترسل المنصّة معرّف متعلّم صالحا.
dispatch-learners = { $count ->
    [zero] لا أحد بعد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصا
   *[other] { $count } شخص
}
dispatch-learners-of = { $count ->
    [zero] لا أحد من { $most }
    [one] شخص واحد من { $most }
    [two] شخصان من { $most }
    [few] { $count } أشخاص من { $most }
    [many] { $count } شخصا من { $most }
   *[other] { $count } شخص من { $most }
}
dispatch-completed = { $count ->
    [zero] لم يُتمّ أحد
    [one] أتمّ شخص واحد
    [two] أتمّ شخصان
    [few] أتمّ { $count } أشخاص
    [many] أتمّ { $count } شخصا
   *[other] أتمّ { $count } شخص
}
