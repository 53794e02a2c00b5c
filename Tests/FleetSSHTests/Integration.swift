import Testing

/// The suites that work with real servers, one test after the other: their deadlines are real time, which many servers
/// and many ssh-keygen at once would stretch.
@Suite(.serialized) enum Integration {}
