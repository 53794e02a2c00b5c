/// Words that people bring from other tools (Ansible, docker, kubectl, Slurm, git …) and what they are called here. In capitals
/// stands what is to be filled in.
enum FamiliarWords {
    /// After `fleet`.
    static let ofFleet = words([
        ("ls list hosts nodes machines workers servers", ["fleet inventory list"]),
        ("info inspect describe show", ["fleet inventory show HOST"]),
        ("facts setup probe discover", ["fleet inventory check"]),
        ("ps jobs history squeue sacct", ["fleet runs"]),
        ("ssh shell sh cmd command adhoc parallel pssh clush", ["fleet exec --hosts HOST -- COMMAND"]),
        ("log tail output stdout journal", ["fleet logs", "fleet logs -f last"]),
        ("top htop watch dashboard ui tui", ["fleet monitor"]),
        ("web gui api server daemon", ["fleet serve"]),
        ("up", ["fleet lab up", "fleet push --all"]),
        ("down", ["fleet lab down", "fleet runs stop --all"]),
        ("deploy install copy cp scp rsync sync put upload publish release ship", ["fleet push --all"]),
        ("upgrade update", ["fleet push --all", "fleet versions"]),
        ("undo revert", ["fleet rollback PACKAGE --all"]),
        ("fetch get pull download results collect", ["fleet runs pull", "fleet runs collect"]),
        ("build pack image", ["fleet package"]),
        ("images packages", ["fleet package --list", "fleet versions"]),
        ("new create", ["fleet init", "fleet package new NAME"]),
        ("add register join enroll", ["fleet host add"]),
        ("rm remove delete del unregister", ["fleet host remove HOST"]),
        ("start execute call launch", ["fleet run PACKAGE", "fleet exec -- COMMAND"]),
        ("apply play playbook submit sbatch srun batch job task queue workflow", ["fleet tasks run"]),
        ("plan dry-run diff preview", ["fleet tasks plan", "fleet push --all --dry-run"]),
        ("stop kill cancel abort scancel", ["fleet runs cancel last", "fleet runs stop --all"]),
        ("resume retry continue restart", ["fleet runs resume"]),
        ("attach follow", ["fleet runs attach"]),
        ("gc cleanup clean", ["fleet prune --all", "fleet runs reap"]),
        ("cron crontab at timer schedules", ["fleet schedule"]),
        ("validate lint test config", ["fleet check"]),
        ("import", ["fleet inventory import FILE"]),
        ("key keygen sign", ["fleet keys new", "fleet package --sign KEY"]),
        ("login connect uptime alive", ["fleet ping"]),
        ("chat llm prompt", ["fleet ask QUESTION"]),
        ("completions autocomplete", ["fleet completion bash"]),
        ("vm vagrant sandbox", ["fleet lab up"]),
    ])

    /// After `fleet host`.
    static let ofHost = words([
        ("list ls", ["fleet inventory list"]),
        ("show info inspect describe get", ["fleet inventory show HOST"]),
        ("check status facts", ["fleet inventory check"]),
        ("ping test", ["fleet ping --hosts HOST"]),
        ("rm delete del", ["fleet host remove HOST"]),
        ("new create register", ["fleet host add"]),
        ("install setup bootstrap provision", ["fleet host prepare HOST --python"]),
        ("trust key keyscan accept", ["fleet host pin HOST"]),
        ("import", ["fleet inventory import FILE"]),
        ("ssh exec shell", ["fleet exec --hosts HOST -- COMMAND"]),
    ])

    /// After `fleet inventory`.
    static let ofInventory = words([
        ("ls hosts", ["fleet inventory list"]),
        ("info inspect describe get host", ["fleet inventory show HOST"]),
        ("status facts", ["fleet inventory check"]),
        ("ping", ["fleet ping"]),
        ("add new create", ["fleet host add"]),
        ("rm remove delete del", ["fleet host remove HOST"]),
    ])

    /// After `fleet tasks`.
    static let ofTasks = words([
        ("list ls show", ["fleet tasks plan --list"]),
        ("ps", ["fleet tasks status"]),
        ("start apply submit", ["fleet tasks run"]),
        ("resume retry", ["fleet runs resume"]),
        ("stop kill cancel", ["fleet runs cancel last"]),
        ("check validate lint", ["fleet check"]),
        ("dry-run preview", ["fleet tasks plan"]),
        ("logs", ["fleet logs"]),
    ])

    /// After `fleet runs`.
    static let ofRuns = words([
        ("ls ps history", ["fleet runs list"]),
        ("info inspect describe status", ["fleet runs show last"]),
        ("kill abort", ["fleet runs cancel last"]),
        ("retry continue restart", ["fleet runs resume"]),
        ("log logs tail", ["fleet logs", "fleet logs -f last"]),
        ("follow watch", ["fleet runs attach"]),
        ("get fetch download", ["fleet runs pull"]),
        ("rm remove delete clean prune gc", ["fleet runs reap"]),
        ("start new", ["fleet run PACKAGE", "fleet tasks run"]),
        ("report", ["fleet report"]),
    ])

    /// After `fleet keys`.
    static let ofKeys = words([
        ("ls", ["fleet keys list"]),
        ("add create generate gen keygen", ["fleet keys new"]),
        ("get export print", ["fleet keys show"]),
        ("sign", ["fleet package --sign KEY"]),
    ])

    /// After `fleet schedule`.
    static let ofSchedule = words([
        ("ls show status", ["fleet schedule list"]),
        ("start daemon", ["fleet schedule run"]),
        ("add put deploy", ["fleet schedule push HOST"]),
        ("rm delete del", ["fleet schedule remove --all"]),
        ("enable systemd", ["fleet schedule install"]),
        ("collect pull", ["fleet runs collect"]),
    ])

    /// After `fleet serve`.
    static let ofServe = words([
        ("start up", ["fleet serve"]),
        ("login passwd password", ["fleet serve token --renew"]),
        ("enable systemd", ["fleet serve install"]),
    ])

    /// After `fleet lab`.
    static let ofLab = words([
        ("start create new", ["fleet lab up"]),
        ("stop destroy rm remove delete halt", ["fleet lab down"]),
        ("ls list ps show", ["fleet lab status"]),
        ("ssh exec", ["fleet exec --hosts HOST -- COMMAND"]),
    ])

    /// - Parameter rows: words with a space between them, and the command lines that do what they mean.
    private static func words(_ rows: [(words: String, lines: [String])]) -> [String: [String]] {
        let pairs = rows.flatMap { row in row.words.split(separator: " ").map { (String($0), row.lines) } }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}
