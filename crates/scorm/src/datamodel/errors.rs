//! Error codes of the two APIs, their strings, and which refusal has which code.

use serde::Serialize;

/// One error code.
#[derive(Debug, Serialize)]
pub struct ErrorRow {
    /// The code.
    pub code: u16,
    /// What `GetErrorString` answers.
    pub string: &'static str,
}

const fn e(code: u16, string: &'static str) -> ErrorRow {
    ErrorRow { code, string }
}

/// SCORM 1.2 RTE 3.3.
pub const ERRORS_12: &[ErrorRow] = &[
    e(0, "No error"),
    e(101, "General exception"),
    e(201, "Invalid argument error"),
    e(202, "Element cannot have children"),
    e(203, "Element not an array - cannot have count"),
    e(301, "Not initialized"),
    e(401, "Not implemented error"),
    e(402, "Invalid set value, element is a keyword"),
    e(403, "Element is read only"),
    e(404, "Element is write only"),
    e(405, "Incorrect data type"),
];

/// SCORM 2004 RTE 3.1.7.
pub const ERRORS_2004: &[ErrorRow] = &[
    e(0, "No Error"),
    e(101, "General Exception"),
    e(102, "General Initialization Failure"),
    e(103, "Already Initialized"),
    e(104, "Content Instance Terminated"),
    e(111, "General Termination Failure"),
    e(112, "Termination Before Initialization"),
    e(113, "Termination After Termination"),
    e(122, "Retrieve Data Before Initialization"),
    e(123, "Retrieve Data After Termination"),
    e(132, "Store Data Before Initialization"),
    e(133, "Store Data After Termination"),
    e(142, "Commit Before Initialization"),
    e(143, "Commit After Termination"),
    e(201, "General Argument Error"),
    e(301, "General Get Failure"),
    e(351, "General Set Failure"),
    e(391, "General Commit Failure"),
    e(401, "Undefined Data Model Element"),
    e(402, "Unimplemented Data Model Element"),
    e(403, "Data Model Element Value Not Initialized"),
    e(404, "Data Model Element Is Read Only"),
    e(405, "Data Model Element Is Write Only"),
    e(406, "Data Model Element Type Mismatch"),
    e(407, "Data Model Element Value Out Of Range"),
    e(408, "Data Model Dependency Not Established"),
];

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident: $c12:literal, $c2004:literal, $sentence:literal;)*) => {
        /// Why a call is refused; one cause, whatever the standard calls it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "camelCase")]
        pub enum Refusal { $($(#[$doc])* $name,)* }

        /// Code and diagnostic of each [`Refusal`] in one standard.
        #[derive(Debug)]
        pub struct Refusals { second: bool }

        /// In SCORM 1.2.
        pub const REFUSALS_12: Refusals = Refusals { second: false };
        /// In SCORM 2004.
        pub const REFUSALS_2004: Refusals = Refusals { second: true };

        impl Refusals {
            /// The error code.
            pub const fn code(&self, refusal: Refusal) -> u16 {
                match refusal { $(Refusal::$name => if self.second { $c2004 } else { $c12 },)* }
            }
            /// What `GetDiagnostic` says.
            pub const fn sentence(&self, refusal: Refusal) -> &'static str {
                match refusal { $(Refusal::$name => $sentence,)* }
            }
        }

        impl Serialize for Refusals {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_map([$((Refusal::$name, (self.code(Refusal::$name), self.sentence(Refusal::$name))),)*])
            }
        }
    };
}

refusals! {
    /// The API has no such function (only a forged journal can ask).
    NoFunction: 101, 101, "The API has no such function.";
    /// Initialize, Terminate or Commit with anything but an empty string.
    Argument: 201, 201, "The argument must be an empty string.";
    /// Initialize while running.
    InitializeRunning: 101, 103, "The session has begun already.";
    /// Initialize after Terminate.
    InitializeTerminated: 101, 104, "The session has ended; a new launch is needed.";
    /// Terminate before Initialize.
    TerminateEarly: 301, 112, "Initialize has not been called.";
    /// Terminate after Terminate.
    TerminateLate: 301, 113, "The session has ended already.";
    /// GetValue before Initialize.
    GetEarly: 301, 122, "Initialize has not been called.";
    /// GetValue after Terminate.
    GetLate: 301, 123, "The session has ended.";
    /// SetValue before Initialize.
    SetEarly: 301, 132, "Initialize has not been called.";
    /// SetValue after Terminate.
    SetLate: 301, 133, "The session has ended.";
    /// Commit before Initialize.
    CommitEarly: 301, 142, "Initialize has not been called.";
    /// Commit after Terminate.
    CommitLate: 301, 143, "The session has ended.";
    /// The browser could not keep the journal (the fold never sees such a call).
    CommitFailed: 101, 391, "The data could not be kept.";
    /// The same at Terminate.
    TerminateFailed: 101, 111, "The data could not be kept.";
    /// GetValue without an element.
    GetNothing: 201, 301, "No element is named.";
    /// SetValue without an element.
    SetNothing: 201, 351, "No element is named.";
    /// The data model has no such element.
    Undefined: 401, 401, "The data model has no such element.";
    /// No element either, of a category there is. SCORM 1.2 calls that an invalid argument (ADL's
    /// self-test, `CMICategory`); 401 is for other data models and what the LMS does not support.
    NoLeaf: 201, 401, "The category has no such element.";
    /// `_children` of an element without children, read.
    NoChildren: 202, 301, "The element has no children.";
    /// `_count` of what is no collection, read.
    NoCount: 203, 301, "The element is not a collection.";
    /// `_version` elsewhere than on `cmi`, read.
    NoVersion: 401, 301, "Only cmi has a version.";
    /// The same keywords, written.
    NoKeyword: 402, 351, "The element has no such keyword.";
    /// A keyword, written.
    Keyword: 402, 404, "Keywords cannot be set.";
    /// Read-only, written.
    ReadOnly: 403, 404, "The element is read only.";
    /// Write-only, read.
    WriteOnly: 404, 405, "The element is write only.";
    /// Index of an entry that does not exist, read.
    NoEntry: 201, 301, "The collection has no entry of that index.";
    /// Index beyond the next free one, written.
    Gap: 201, 351, "Entries are added in order, without gaps.";
    /// The collection is full.
    Full: 201, 351, "The collection has as many entries as it may.";
    /// No value yet.
    Unset: 0, 403, "The element has no value yet.";
    /// An element that must be set first.
    Dependency: 201, 408, "Another element must be set first.";
    /// Not of the type.
    Type: 405, 406, "The value is not of the element's type.";
    /// Not of the vocabulary.
    Word: 405, 406, "The value is not in the element's vocabulary.";
    /// Not in the range.
    Range: 405, 407, "The value is out of range.";
    /// More than is kept of one value.
    TooLong: 405, 406, "The value is longer than this system keeps.";
    /// More than is kept of one SCO.
    TooMuch: 101, 351, "The SCO has stored as much as this system keeps.";
    /// NUL, a lone surrogate or U+FFFF.
    Characters: 405, 406, "The value has characters that are not text.";
    /// An identifier that another entry has.
    Duplicate: 201, 351, "Another entry has the same value.";
    /// An identifier that is set.
    Once: 201, 351, "The identifier is set and cannot change.";
}
