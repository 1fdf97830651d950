// ReplyStore over SQL.
#pragma once

#include "store/replies.h"
#include "store/writer.h"

namespace meno {

class SqlReplies final : public ReplyStore {
 public:
  explicit SqlReplies(Writer& writer) : writer_(writer) {}
  Result<Claim> claim(const KeptReply& asked, TimePoint expired) override;
  Result<Done> keep(std::string_view slot, int status, std::string_view sealed) override;
  Result<Done> release(std::string_view slot) override;

 private:
  Writer& writer_;
};

}  // namespace meno
