// Plays one day of a counter keypad: commands on standard input, a line for all that came of each.
// "-" stands for an empty word. Used by test_counter_pad.py, which compiles it with the firmware.
#include <iostream>
#include <sstream>

#include "counter_pad.h"

static std::string word(std::istringstream &in) {
  std::string text;
  in >> text;
  return text == "-" ? "" : text;
}

static uint64_t number(std::istringstream &in) { return std::stoull(word(in)); }

static counter_pad::Facts facts(std::istringstream &in) {
  counter_pad::Facts facts;
  facts.state = word(in);
  facts.number = word(in);
  facts.ticket_state = word(in);
  facts.waiting = static_cast<int>(number(in));
  facts.notice = word(in);
  facts.answers = word(in);
  return facts;
}

static void play(counter_pad::CounterPad &pad, const std::string &line) {
  std::istringstream in(line);
  const std::string command = word(in);
  if (command == "begin") {
    const std::string source = word(in);
    pad.begin(source, static_cast<uint32_t>(number(in)), [](const std::string &payload) { std::cout << payload << '\t'; });
  } else if (command == "key") {
    const std::string digits = word(in), end = word(in);
    pad.key(digits, end[0], number(in));
  } else if (command == "down") {
    const std::string key = word(in);
    pad.key_down(key[0], number(in));
  } else if (command == "up") {
    pad.key_up();
  } else if (command == "trouble") {
    std::cout << (pad.trouble_is_new() ? "true" : "false") << '\t';
  } else if (command == "typed") {
    pad.typed(word(in));
  } else if (command == "link") {
    const bool up = number(in) == 1;
    pad.link(up, number(in));
  } else if (command == "facts" || command == "heard") {
    const counter_pad::Facts said = facts(in);
    command == "facts" ? pad.facts(said, number(in)) : pad.heard(said, number(in));
  } else if (command == "introduced") {
    pad.introduced(number(in));
  } else if (command == "lost") {
    pad.lost(number(in));
  } else if (command == "tick") {
    pad.tick(number(in));
  } else if (command == "status") {
    std::cout << pad.status("1.0.0", "2026.6.5", number(in)) << '\t';
  } else if (command == "now") {
    std::cout << pad.now(static_cast<uint32_t>(number(in))) << '\t';
  } else {
    std::cerr << "unknown command: " << line << '\n';
    std::exit(2);
  }
}

int main() {
  counter_pad::CounterPad pad;
  std::string line;
  while (std::getline(std::cin, line)) {
    play(pad, line);
    std::cout << '|' << pad.text(4) << '|' << pad.text(8) << '|' << static_cast<int>(pad.ring()) << '|'
              << pad.take_tune() << '\n';
  }
}
