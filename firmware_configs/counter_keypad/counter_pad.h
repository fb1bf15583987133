// What a counter keypad does between its keys, its lights and the server.
//
// One press is on its way at a time, so their order holds. Each lives five seconds from the finger:
// until then it is sent again whenever the link returns, under the same id, so the server carries it
// out once. After that it is given up where the clerk sees it. These are the rules of
// kiosk/use_cases/operate_counter.py; a test plays the same days through both and compares.
//
// No ESPHome here, only the standard library: the tests compile this file for the PC and run it.
// Every time is milliseconds since the start of the device.
#pragma once

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <deque>
#include <functional>
#include <string>

#include "counter_signs.h"

namespace counter_pad {

constexpr uint64_t KEEP_MS = 5000;
constexpr uint64_t REMARK_MS = 2000;
constexpr size_t MOST_WAITING = 8;
constexpr uint64_t STUCK_MS = 10000;
constexpr uint64_t FEEDBACK_MS = 80;

// The last `counter/{n}/state` of the server; empty texts stand for null.
struct Facts {
  std::string state;
  std::string number;
  std::string ticket_state;
  int waiting = 0;
  std::string notice;
  std::string answers;
};

// A keypad knows no time of day. It counts from 1970, and the server learns from birth message and
// heartbeats, which name the same boot, how far that clock is behind.
inline std::string timestamp(uint64_t now) {
  const time_t seconds = static_cast<time_t>(now / 1000);
  struct tm parts {};
  gmtime_r(&seconds, &parts);
  char day[24], text[32];
  strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(text, sizeof text, "%s.%03uZ", day, static_cast<unsigned>(now % 1000));
  return text;
}

class CounterPad {
 public:
  using Send = std::function<void(const std::string &payload)>;

  // `source` is the device's id; `chance` is new at every start, as `seq` then begins at 1 again.
  void begin(const std::string &source, uint32_t chance, Send send) {
    char text[9];
    snprintf(text, sizeof text, "%08x", static_cast<unsigned>(chance));
    this->source_ = source;
    this->boot_ = text;
    this->send_ = send;
  }

  // The device's 32-bit milliseconds without their jump back to zero after 49.7 days.
  uint64_t now(uint32_t milliseconds) {
    if (milliseconds < this->last_ms_)
      this->wraps_++;
    this->last_ms_ = milliseconds;
    return (this->wraps_ << 32) | milliseconds;
  }

  // The digits typed so far; shown at once and forgotten by the collector after its timeout.
  void typed(const std::string &digits) {
    if (!digits.empty())
      this->sound_ = Sound::CLICK;
    this->typed_ = digits;
  }

  void key(const std::string &digits, char end, uint64_t now) {
    this->typed_.clear();
    this->sound_ = Sound::CLICK;
    if (this->line_.size() >= MOST_WAITING)
      this->say_("server_away", now);
    else
      this->line_.push_back({++this->seq_, digits, end, now, false});
    this->tick(now);
  }

  // A key of the pad went down; no key is held for ten seconds by a finger.
  void key_down(char key, uint64_t now) {
    this->held_ = key;
    this->held_since_ = now;
  }

  void key_up() {
    this->held_ = '\0';
    this->stuck_ = false;
  }

  // Whether the office must be told at once: a key got stuck or is free again.
  bool trouble_is_new() {
    const bool is_new = this->stuck_ != this->told_stuck_;
    this->told_stuck_ = this->stuck_;
    return is_new;
  }

  // Whether presses may be sent; what was on its way is sent again.
  void link(bool up, uint64_t now) {
    this->linked_ = up;
    for (auto &press : this->line_)
      press.sent = false;
    this->tick(now);
  }

  // A state arrived, so answers will be heard too.
  void heard(const Facts &facts, uint64_t now) {
    this->facts(facts, now);
    this->heard_ = true;
    this->join_(now);
  }

  // Birth message and heartbeat, in the shape of `device/{id}/status`.
  std::string status(const char *firmware, const char *esphome, uint64_t now) {
    return this->envelope_(this->boot_ + "-b" + std::to_string(++this->beats_), now) +
           ",\"online\":true,\"boot\":\"" + this->boot_ + "\",\"versions\":{\"firmware\":\"" + firmware +
           "\",\"esphome\":\"" + esphome + "\"}" + this->detail_() + "}";
  }

  // The status is on its way, so the server knows this boot's clock before the first press.
  void introduced(uint64_t now) {
    this->introduced_ = true;
    this->join_(now);
  }

  void lost(uint64_t now) {
    this->heard_ = this->introduced_ = false;
    this->link(false, now);
  }

  void facts(const Facts &facts, uint64_t now) {
    this->facts_ = facts;
    this->known_ = true;
    if (!this->line_.empty() && facts.answers == this->id_(this->line_.front())) {
      this->line_.pop_front();
      this->remark_.clear();
      if (!facts.notice.empty())
        this->say_(facts.notice, now);
    }
    this->tick(now);
  }

  // Do what is due: give up old presses, send the next one.
  void tick(uint64_t now) {
    while (!this->line_.empty() && now >= this->line_.front().pressed_at + KEEP_MS) {
      this->line_.pop_front();
      this->say_("server_away", now);
    }
    if (now >= this->remark_until_)
      this->remark_.clear();
    if (this->held_ != '\0' && !this->stuck_ && now >= this->held_since_ + STUCK_MS) {
      this->stuck_ = true;
      this->say_("key_stuck", now);
    }
    if (this->linked_ && !this->line_.empty() && !this->line_.front().sent) {
      this->line_.front().sent = true;
      this->send_(this->payload_(this->line_.front(), now));
    }
    this->kept_ = !this->line_.empty() && now >= this->line_.front().pressed_at + FEEDBACK_MS;
  }

  // The text for a sign of `width` digits: set right, its end kept. From eight digits on the number
  // stands left and the people waiting stand right.
  std::string text(size_t width) const {
    const bool resting = this->typed_.empty() && this->remark_.empty();
    std::string text = resting ? this->resting_() : this->typed_.empty() ? remark_text(this->remark_) : this->typed_;
    std::string people;
    if (resting && width >= 8 && this->linked_ && this->known_ && this->facts_.state != "closed") {
      people = std::to_string(this->facts_.waiting);
      width -= 4;
    }
    text = text.size() > width ? text.substr(text.size() - width) : std::string(width - text.size(), ' ') + text;
    if (people.empty())
      return text;
    text.erase(0, text.find_first_not_of(' '));
    const std::string gap(width > text.size() ? width - text.size() : 0, ' ');
    return text + gap + std::string(people.size() < 4 ? 4 - people.size() : 0, ' ') + people;
  }

  Ring ring() const {
    if (this->remark_ == "nobody_waiting")
      return Ring::NOBODY;
    if (this->remark_ == "help_asked")
      return Ring::HELP;
    if (!this->remark_.empty() || this->stuck_)
      return Ring::REFUSED;  // with one key stuck the pad hears no other
    if (!this->linked_ || !this->known_)
      return Ring::AWAY;
    if (!this->line_.empty())
      return Ring::SENT;
    if (this->facts_.state == "closed")
      return Ring::CLOSED;
    if (this->facts_.ticket_state == "called")
      return Ring::CALLED;
    if (this->facts_.ticket_state == "serving")
      return Ring::SERVING;
    if (this->facts_.state == "paused")
      return Ring::PAUSED;
    return this->facts_.waiting > 0 ? Ring::WAITING : Ring::FREE;
  }

  // Whether the sign must be painted again.
  bool text_is_new(size_t width) {
    const std::string text = this->text(width);
    const bool is_new = text != this->painted_text_;
    this->painted_text_ = text;
    return is_new;
  }

  // Whether the ring must be lit anew.
  bool ring_is_new() {
    const int ring = static_cast<int>(this->ring());
    const bool is_new = ring != this->painted_ring_;
    this->painted_ring_ = ring;
    return is_new;
  }

  bool has_sound() const { return this->sound_ != Sound::NONE; }

  // The tune that is due, once.
  const char *take_tune() {
    const Sound sound = this->sound_;
    this->sound_ = Sound::NONE;
    return tune(sound);
  }

 private:
  struct Press {
    uint32_t seq;
    std::string digits;
    char end;
    uint64_t pressed_at;
    bool sent;
  };

  void join_(uint64_t now) {
    if (this->heard_ && this->introduced_ && !this->linked_)
      this->link(true, now);
  }

  std::string id_(const Press &press) const { return this->boot_ + "-" + std::to_string(press.seq); }

  // Nothing here needs escaping: ids, digits and end keys are chosen in our own files.
  std::string envelope_(const std::string &id, uint64_t now) const {
    return "{\"v\":1,\"id\":\"" + id + "\",\"sent_at\":\"" + timestamp(now) + "\",\"source\":\"" + this->source_ + "\"";
  }

  std::string payload_(const Press &press, uint64_t now) const {
    return this->envelope_(this->id_(press), now) + ",\"seq\":" + std::to_string(press.seq) + ",\"boot\":\"" +
           this->boot_ + "\",\"digits\":\"" + press.digits + "\",\"end\":\"" + press.end +
           "\",\"age_ms\":" + std::to_string(now - press.pressed_at) + "}";
  }

  std::string detail_() const {
    if (!this->stuck_)
      return "";
    const std::string key(1, this->held_);
    return ",\"detail\":\"Phím " + key + " bị kẹt, gỡ vật đè hoặc đổi bàn phím / key " + key + " is stuck, free it\"";
  }

  void say_(const std::string &remark, uint64_t now) {
    this->remark_ = remark;
    this->remark_until_ = now + REMARK_MS;
    this->sound_ = remark == "nobody_waiting" || remark == "help_asked" ? Sound::HEARD : Sound::REFUSED;
  }

  std::string resting_() const {
    if (this->kept_)
      return remark_text("kept");
    if (this->known_ && !this->facts_.number.empty() && this->facts_.state != "closed")
      return this->facts_.number;
    if (!this->linked_ || !this->known_)
      return remark_text("server_away");
    return this->facts_.state == "closed" ? "" : "----";
  }

  std::string source_, boot_, typed_, remark_;
  Send send_;
  std::deque<Press> line_;
  Facts facts_;
  bool known_ = false;
  bool heard_ = false;
  bool introduced_ = false;
  bool linked_ = false;
  bool kept_ = false;
  char held_ = '\0';
  bool stuck_ = false;
  bool told_stuck_ = false;
  uint64_t held_since_ = 0;
  uint32_t seq_ = 0;
  uint32_t beats_ = 0;
  uint32_t last_ms_ = 0;
  uint64_t wraps_ = 0;
  uint64_t remark_until_ = 0;
  Sound sound_ = Sound::NONE;
  std::string painted_text_;
  int painted_ring_ = -1;
};

}  // namespace counter_pad
