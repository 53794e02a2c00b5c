import FleetBase

/// The files of a new project.
///
/// A line that begins with `#` and no single blank behind it is an example, which is valid once the `#` is taken away. The
/// only host stands last: what is added comes behind it, and takes no example of its own away from it.
enum ProjectTemplate {
    struct File {
        let path: String
        let text: String
        var isExecutable = false

        func write(in folder: String) throws(ConfigError) {
            let path = "\(folder)/\(path)"
            try TextFile.makeFolder(TextFile.folder(of: path))
            try TextFile.write(text, toNew: path, mode: isExecutable ? 0o755 : 0o644)
        }
    }

    static func files(in language: Language) -> [File] {
        let (hosts, tasks) =
            switch language {
            case .english: (englishHosts, englishTasks)
            case .spanish: (spanishHosts, spanishTasks)
            }
        return [
            File(path: "inventory/hosts.yaml", text: hosts), File(path: "tasks.yaml", text: tasks),
        ] + PackageSkeleton.shell.files(named: "hello") + [File(path: ".gitignore", text: ".fleet/\n")]
    }

    private static let englishHosts = """
        # The machines that fleet works with. `fleet host add` writes here too and keeps your comments.
        # What is written as #this is an example: take the # away, and it counts.
        #
        # What a host does not say comes from its groups, then from the defaults, then from ~/.ssh/config.

        # What all hosts have in common. Each of these may also stand at a host or in a group.
        defaults:
          #user: ana                  # whom to log in as
          #port: 2222                 # the port of sshd; 22 when left out
          #key: ~/.ssh/id_ed25519     # a private key, tried after those of the agent
          #connect_timeout: 10s       # how long a login may take
          #require_signed: true       # only signed packages run there: see fleet keys
          known_hosts: inventory/known_hosts   # the host keys that `fleet host add` pins

        hosts:
          #worker-01:
          #  address: 192.0.2.10      # a name or an IP address; the host's own name when left out
          #  user: leo
          #  jump: gateway            # reached through this host of the inventory or of ~/.ssh/config
          #  tags: [fast, upstairs]   # words to select hosts by
          #  slots: 4                 # tasks at once; its cores when left out
          #  root: /scratch/leo/fleet # fleet's folder there; ~/.fleet when left out

          localhost:
            #tags: [here]
            #slots: 2
            transport: local          # this machine, without SSH

        # Hosts by a common name, as in `fleet ping --groups lab`, with settings of their own.
        #groups:
        #  lab:
        #    hosts: [localhost]
        #    tags: [quiet]

        #signing_key: fleet             # packages are signed with this key: see fleet keys
        #keep_events: { age: 30d, count: 200000 }   # how much of what happened is kept

        """

    private static let spanishHosts = """
        # Las máquinas con las que trabaja fleet. `fleet host add` también escribe aquí y conserva tus comentarios.
        # Lo que está escrito como #esto es un ejemplo: quita la # y cuenta.
        #
        # Lo que un host no dice viene de sus grupos, después de defaults, después de ~/.ssh/config.

        # Lo que todos los hosts tienen en común. Cada cosa puede estar también en un host o en un grupo.
        defaults:
          #user: ana                  # con qué usuario entrar
          #port: 2222                 # el puerto de sshd; si se omite, 22
          #key: ~/.ssh/id_ed25519     # una clave privada, que se prueba después de las del agente
          #connect_timeout: 10s       # cuánto puede tardar en entrar
          #require_signed: true       # allí solo se ejecutan paquetes firmados: véase fleet keys
          known_hosts: inventory/known_hosts   # las claves de host que fija `fleet host add`

        hosts:
          #worker-01:
          #  address: 192.0.2.10      # un nombre o una dirección IP; si se omite, el nombre del host
          #  user: leo
          #  jump: gateway            # se llega a través de este host del inventario o de ~/.ssh/config
          #  tags: [fast, upstairs]   # palabras para elegir hosts
          #  slots: 4                 # tareas a la vez; si se omite, sus núcleos
          #  root: /scratch/leo/fleet # la carpeta de fleet allí; si se omite, ~/.fleet

          localhost:
            #tags: [here]
            #slots: 2
            transport: local          # esta máquina, sin SSH

        # Hosts con un nombre común, como en `fleet ping --groups lab`, con ajustes propios.
        #groups:
        #  lab:
        #    hosts: [localhost]
        #    tags: [quiet]

        #signing_key: fleet             # los paquetes se firman con esta clave: véase fleet keys
        #keep_events: { age: 30d, count: 200000 }   # cuánto se conserva de lo que ha pasado

        """

    private static let englishTasks = """
        # What `fleet tasks run` does: many tasks at once, each on a host that is free. `fleet tasks plan` shows it first.
        # What is written as #this is an example: take the # away, and it counts.

        tasks:
          - package: hello              # packages/hello runs on one host
            #parameters: { name: ana }  # as in `fleet run hello --name ana`
            #repeat: 3                  # so many times
            #retries: 2                 # so many more attempts when it fails
            #timeout: 10m               # it is stopped after this time
            #needs: { cores: 1, memory: 64M }   # only on hosts that have this; also tags, gpu, disk, hosts
            #verify: 2                  # runs so often, on different hosts, and compares the results
            #schedule: every 15m        # by itself, while `fleet schedule run` goes on

          #- name: greetings            # one task for each value; several lists make all combinations
          #  package: hello
          #  matrix: { name: [ana, leo, eva] }
          #  limits: { files: 100, size: 10M }   # it may bring home no more

          #- name: disk                 # a line for sh; what it writes into out/ comes home
          #  command: df -h . >out/disk.txt
          #  env: { LC_ALL: C }

          #- name: answer               # code for Python 3
          #  python: open("out/answer.txt", "w").write(str(6 * 7))
          #  after: hello               # once that task is done

        """

    private static let spanishTasks = """
        # Lo que hace `fleet tasks run`: muchas tareas a la vez, cada una en un host libre. `fleet tasks plan` lo muestra antes.
        # Lo que está escrito como #esto es un ejemplo: quita la # y cuenta.

        tasks:
          - package: hello              # packages/hello se ejecuta en un host
            #parameters: { name: ana }  # como en `fleet run hello --name ana`
            #repeat: 3                  # tantas veces
            #retries: 2                 # tantos intentos más si falla
            #timeout: 10m               # se detiene pasado este tiempo
            #needs: { cores: 1, memory: 64M }   # solo en hosts que tienen esto; también tags, gpu, disk, hosts
            #verify: 2                  # se ejecuta tantas veces, en hosts distintos, y se comparan los resultados
            #schedule: every 15m        # por sí misma, mientras sigue `fleet schedule run`

          #- name: greetings            # una tarea por cada valor; varias listas dan todas las combinaciones
          #  package: hello
          #  matrix: { name: [ana, leo, eva] }
          #  limits: { files: 100, size: 10M }   # no puede traer más

          #- name: disk                 # una línea para sh; lo que escribe en out/ vuelve aquí
          #  command: df -h . >out/disk.txt
          #  env: { LC_ALL: C }

          #- name: answer               # código para Python 3
          #  python: open("out/answer.txt", "w").write(str(6 * 7))
          #  after: hello               # cuando haya terminado esa tarea

        """
}
