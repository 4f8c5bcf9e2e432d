<?php
// What a Moodle administrator would click before the trial: a course with a teacher and learners.
//   php lti-moodle.php CHECKOUT course      makes it, and prints its ids
//   php lti-moodle.php CHECKOUT consumer URL KEY SECRET MODULE COURSE   a tool of LTI 1.1 and its link
//   php lti-moodle.php CHECKOUT grades COURSE   prints the gradebook
//   php lti-moodle.php CHECKOUT links COURSE    prints the links that stand in the course
//   php lti-moodle.php CHECKOUT version         prints the release

define('CLI_SCRIPT', true);
[, $checkout, $verb] = $argv;
require($checkout . '/config.php');
require_once($CFG->libdir . '/gradelib.php');
require_once($CFG->libdir . '/grade/grade_grade.php');
require_once($CFG->dirroot . '/course/lib.php');
require_once($CFG->dirroot . '/course/modlib.php');
require_once($CFG->dirroot . '/user/lib.php');
require_once($CFG->dirroot . '/mod/lti/locallib.php');
\core\session\manager::set_user(get_admin());

function course(): array {
    global $DB;
    // What an earlier trial left.
    foreach ($DB->get_fieldset_select('lti_types', 'id', $DB->sql_like('name', '?'), ['Halqa%']) as $type) {
        lti_delete_type($type);
    }
    $course = create_course((object) ['fullname' => 'Gérer une association', 'shortname' => 'halqa-' . time(),
        'category' => $DB->get_field('course_categories', 'MIN(id)', []), 'format' => 'topics', 'numsections' => 1]);
    $people = ['prof' => ['Samia', 'Trabelsi', 'editingteacher'], 'amel' => ['Amel', 'Ben Salah', 'student'],
        'nizar' => ['Nizar', 'Gharbi', 'student'], 'wafa' => ['وفاء', 'المرزوقي', 'student'],
        'lotfi' => ['Lotfi', 'Hamdi', 'student']];
    $manual = enrol_get_plugin('manual');
    foreach ($people as $login => [$first, $last, $role]) {
        $id = $DB->get_field('user', 'id', ['username' => $login]) ?: user_create_user((object) [
            'username' => $login, 'password' => 'Halqa-Moodle-2026!', 'firstname' => $first, 'lastname' => $last,
            'email' => "$login@moodle.example", 'confirmed' => 1, 'mnethostid' => 1]);
        $instance = $DB->get_record('enrol', ['courseid' => $course->id, 'enrol' => 'manual'], '*', MUST_EXIST);
        $manual->enrol_user($instance, $id, $DB->get_field('role', 'id', ['shortname' => $role]));
    }
    return ['course' => (int) $course->id];
}

function consumer(string $url, string $key, string $secret, string $module, int $course): array {
    global $DB;
    $type = lti_add_type((object) ['state' => LTI_TOOL_STATE_CONFIGURED, 'course' => SITEID, 'createdby' => 2], (object) [
        'lti_typename' => 'Halqa (LTI 1.1)', 'lti_toolurl' => $url, 'lti_ltiversion' => LTI_VERSION_1,
        'lti_resourcekey' => $key, 'lti_password' => $secret, 'lti_coursevisible' => LTI_COURSEVISIBLE_PRECONFIGURED,
        'lti_launchcontainer' => LTI_LAUNCH_CONTAINER_EMBED_NO_BLOCKS, 'lti_acceptgrades' => LTI_SETTING_ALWAYS,
        'lti_sendname' => LTI_SETTING_ALWAYS, 'lti_sendemailaddr' => LTI_SETTING_NEVER, 'lti_customparameters' => '',
        'lti_forcessl' => 0, 'lti_organizationid_default' => LTI_DEFAULT_ORGID_SITEID]);
    $course = get_course($course);
    $made = add_moduleinfo((object) ['modulename' => 'lti', 'module' => $DB->get_field('modules', 'id', ['name' => 'lti']),
        'course' => $course->id, 'section' => 1, 'visible' => 1, 'visibleoncoursepage' => 1, 'cmidnumber' => '',
        'name' => 'Par LTI 1.1', 'intro' => '', 'introformat' => FORMAT_HTML, 'typeid' => $type, 'toolurl' => '',
        'instructorcustomparameters' => "module=$module", 'instructorchoiceacceptgrades' => 1,
        'instructorchoicesendname' => 1, 'instructorchoicesendemailaddr' => 0, 'launchcontainer' => LTI_LAUNCH_CONTAINER_DEFAULT,
        'grade' => 100, 'grade_type' => 'point', 'completion' => 0], $course);
    return ['cm' => (int) $made->coursemodule];
}

function grades(int $course): array {
    global $DB;
    return array_values($DB->get_records_sql("SELECT g.id, i.itemname AS item, u.username AS login, g.finalgrade AS grade,
            g.rawgrademax AS best, g.feedback FROM {grade_grades} g JOIN {grade_items} i ON i.id = g.itemid
            JOIN {user} u ON u.id = g.userid WHERE i.courseid = ? AND i.itemtype = 'mod' AND g.finalgrade IS NOT NULL
            ORDER BY i.id, u.username", [$course]));
}

$more = array_slice($argv, 3);
echo json_encode(match ($verb) {
    'course' => course(),
    'consumer' => consumer($more[0], $more[1], $more[2], $more[3], (int) $more[4]),
    'grades' => grades((int) $more[0]),
    'type' => $DB->get_record_sql("SELECT MAX(id) AS id FROM {lti_types} WHERE ltiversion = ?", [LTI_VERSION_1P3]),
    'version' => ['release' => $CFG->release],
    'links' => array_values($DB->get_records_sql("SELECT cm.id AS cm, l.name FROM {course_modules} cm JOIN {lti} l ON l.id = cm.instance
        JOIN {modules} m ON m.id = cm.module AND m.name = 'lti' WHERE cm.course = ? ORDER BY cm.id", [(int) $more[0]])),
}), "\n";
