// /openapi.json: generated from the route tables and schemas.cc, so that it cannot say anything
// else than the server does.
#pragma once

#include <string>

namespace meno {

/// The OpenAPI 3.1 document.
std::string openapi_document();

}  // namespace meno
