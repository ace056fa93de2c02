// The program. Everything it does is in EvCommandLine, where tests can call it.

import EvCommandLine

@main
struct Main {
  static func main() {
    EvSearchCommand.main()
  }
}
