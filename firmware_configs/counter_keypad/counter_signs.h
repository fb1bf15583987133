// How a counter keypad looks and sounds in each situation: colours, tunes and seven-segment words.
#pragma once

#include <string>

namespace counter_pad {

// What the ring says. Never the only sign: the display says the same in letters.
enum class Ring { AWAY, CLOSED, PAUSED, FREE, WAITING, CALLED, SERVING, SENT, NOBODY, REFUSED, HELP };

struct Colour {
  float red, green, blue, brightness;
  const char *effect;  // the names of the effects in common.yaml
};

inline Colour colour(Ring ring) {
  switch (ring) {
    case Ring::CLOSED:
      return {0.0f, 0.0f, 0.0f, 0.0f, "None"};
    case Ring::PAUSED:
      return {0.6f, 0.0f, 1.0f, 0.25f, "None"};
    case Ring::FREE:
      return {0.0f, 0.3f, 1.0f, 0.15f, "None"};
    case Ring::WAITING:
      return {0.0f, 0.3f, 1.0f, 0.5f, "Slow"};
    case Ring::CALLED:
      return {1.0f, 0.55f, 0.0f, 0.6f, "None"};
    case Ring::SERVING:
      return {0.0f, 1.0f, 0.2f, 0.35f, "None"};
    case Ring::SENT:
      return {1.0f, 1.0f, 1.0f, 0.5f, "None"};
    case Ring::NOBODY:
      return {0.0f, 1.0f, 1.0f, 0.4f, "None"};
    case Ring::HELP:
      return {1.0f, 0.0f, 0.6f, 0.6f, "None"};
    case Ring::REFUSED:
      return {1.0f, 0.0f, 0.0f, 0.7f, "None"};
    case Ring::AWAY:
      break;
  }
  return {1.0f, 0.0f, 0.0f, 0.4f, "Fast"};
}

enum class Sound { NONE, CLICK, HEARD, REFUSED };

inline const char *tune(Sound sound) {
  switch (sound) {
    case Sound::CLICK:
      return "click:d=32,o=7,b=400:c";
    case Sound::HEARD:
      return "heard:d=16,o=6,b=200:c,c";
    case Sound::REFUSED:
      return "refused:d=8,o=4,b=200:a,f";
    case Sound::NONE:
      break;
  }
  return "";
}

// Seven segments show digits, E, P, a dash and few letters more.
inline const char *remark_text(const std::string &remark) {
  if (remark == "nobody_waiting")
    return "-0-";
  if (remark == "too_late")
    return "E2";
  if (remark == "store_unavailable")
    return "E3";
  if (remark == "server_away")
    return "E4";
  if (remark == "kept")
    return "-  -";
  if (remark == "key_stuck")
    return "E5";
  if (remark == "help_asked")
    return "HELP";
  return "E1";
}

}  // namespace counter_pad
