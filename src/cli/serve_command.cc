// meno serve: a run and a store become a web server.
#include <cmath>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "cli/arguments.h"
#include "cli/near_program.h"
#include "cli/served.h"
#include "cli/transport_options.h"
#include "core/json.h"
#include "core/log.h"
#include "http/application.h"
#include "http/server.h"
#include "service/accounts/accounts.h"
#include "service/adaptation.h"
#include "service/course_versions.h"
#include "service/fill_store.h"
#include "service/follow_neighbours.h"
#include "service/openid/openid_sign_in.h"
#include "service/retraining.h"

namespace meno {
namespace {

struct ServeArguments {
  std::string store;
  std::string run;
  std::string runs;
  std::string web;
  std::string adapt = "auto";
  std::string keep_recommendations = "on";
  std::string oidc;  // the file; "" for none
  bool dev = false;
  LogFormat log_format = LogFormat::Plain;
  LogRules log;
  double drain_notice_s = 0.0;
  AccountsOptions accounts;
  AdaptationOptions adaptation;
  double retrain_every = 0.0;  // hours
  RetrainingOptions retraining;
  ServerOptions server;
  TransportFlags transport;
};

/// Everything that must live while the server runs, in the order in which it needs one another.
struct Serving {
  Run run;
  std::unique_ptr<const OnlineModel> model;
  std::unique_ptr<Store> store;
  SystemClock clock;
  std::unique_ptr<Services> services;
  std::unique_ptr<CourseVersions> versions;
  std::unique_ptr<Adaptation> adaptation;
  std::unique_ptr<Retraining> retraining;
  std::unique_ptr<HttpServer> server;
  std::unique_ptr<Accounts> accounts;
  std::unique_ptr<OpenIdConnect> openid;
  std::string dev_key;  // "" without --dev
  StaticFiles files;
  std::unique_ptr<FollowNeighbours> follow;  // last: it changes what the others remember
};

/// The server's own options, once what was said on the command line is known.
Result<Done> settle(ServeArguments& arguments) {
  MENO_TRY_DONE(settle_transport(arguments.transport, arguments.server));
  if (!arguments.server.tls_certificate.empty()) arguments.accounts.behind_tls = true;
  return Done{};
}

Result<StaticFiles> web_files(const std::string& asked) {
  const std::filesystem::path folder =
      asked.empty() ? near_program({"web/dist", "share/meno/web"}, "index.html")
                    : std::filesystem::path(asked);
  if (folder.empty()) return StaticFiles();
  return StaticFiles::load(folder);
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

/// Decides whether the server asks who comes. Errors: InvalidInput for an open server that others
/// than this machine could reach.
Result<Done> admit_people(const ServeArguments& arguments, Serving& serving) {
  serving.accounts = std::make_unique<Accounts>(*serving.store, serving.clock, arguments.accounts);
  MENO_TRY_DONE(serving.accounts->load());
  if (arguments.dev) {
    serving.accounts->keep_open();
    serving.dev_key = serving.accounts->add_passing_key();
  }
  serving.services->accounts = serving.accounts.get();
  if (!serving.accounts->open() || is_loopback(arguments.server.host)) return Done{};
  return invalid_input(fmt::format(
      "--host is {} and the server would be open to whoever reaches it ({}), expected 127.0.0.1",
      arguments.server.host,
      arguments.dev ? "--dev" : "the store has neither a user nor a key: see meno user add"));
}

/// The provider is asked nothing yet: the server starts and serves when it is away.
Result<Done> admit_by_provider(const ServeArguments& arguments, Serving& serving) {
  if (arguments.oidc.empty()) return Done{};
  MENO_TRY(OpenIdOptions options, load_openid_options(arguments.oidc));
  MENO_TRY(const Digest key, pending_key(options));
  if (options.redirect_uri.starts_with("https:") && !arguments.accounts.behind_tls)
    spdlog::warn(
        "{}: redirect_uri is https, expected --behind-tls or --tls-cert: without, cookies "
        "are not kept to TLS",
        arguments.oidc);
  serving.openid =
      std::make_unique<OpenIdConnect>(*serving.accounts, std::move(options), key, make_web());
  serving.services->openid = serving.openid.get();
  return Done{};
}

Result<Done> prepare_retraining(const ServeArguments& arguments, Serving& serving) {
  if (arguments.retrain_every <= 0.0) return Done{};
  if (!serving.adaptation) {
    return invalid_input(
        "--retrain-every with --adapt off, expected --adapt auto, which judges the new runs");
  }
  constexpr double kSeconds = 3600.0;
  RetrainingOptions options = arguments.retraining;
  options.every = std::chrono::seconds(std::llround(arguments.retrain_every * kSeconds));
  if (arguments.adaptation.trial_share > 0.0)
    options.trial_share = arguments.adaptation.trial_share;
  options.threads = arguments.adaptation.threads;
  serving.retraining = std::make_unique<Retraining>(*serving.services, *serving.versions, options);
  serving.services->retraining = serving.retraining.get();
  return Done{};
}

Result<Json> prepare(ServeArguments& arguments, Serving& serving) {
  MENO_TRY_DONE(settle(arguments));
  MENO_TRY(serving.run, arguments.run.empty() ? load_universal_prior() : load_run(arguments.run));
  serving.model = serving.run.model->online(serving.run.theta);
  MENO_TRY(serving.files, web_files(arguments.web));
  MENO_TRY(serving.store, open_store(arguments.store));
  MENO_TRY_DONE(fill_store(*serving.store, serving.run));
  serving.services =
      std::make_unique<Services>(*serving.store, serving.run, *serving.model, serving.clock);
  serving.services->keep_recommendations = arguments.keep_recommendations == "on";
  serving.versions = std::make_unique<CourseVersions>(*serving.services,
                                                      runs_folder(arguments.store, arguments.runs));
  serving.services->versions = serving.versions.get();
  if (const Result<Done> kept = serving.versions->keep_base(); !kept)
    spdlog::warn("the run cannot be kept for replays: {}", kept.error().message);
  if (is_in_a_file(arguments.store)) serving.services->store_file = arguments.store;
  MENO_TRY_DONE(serving.versions->restore());
  if (arguments.adapt == "auto") {
    serving.adaptation =
        std::make_unique<Adaptation>(*serving.services, *serving.versions, arguments.adaptation);
    serving.services->adaptation = serving.adaptation.get();
  }
  MENO_TRY_DONE(prepare_retraining(arguments, serving));
  MENO_TRY_DONE(admit_people(arguments, serving));
  MENO_TRY_DONE(admit_by_provider(arguments, serving));
  serving.follow = std::make_unique<FollowNeighbours>(*serving.services);
  arguments.server.notice_time =
      std::chrono::milliseconds(static_cast<std::int64_t>(arguments.drain_notice_s * 1000.0));
  MENO_TRY(serving.server, HttpServer::listen(arguments.server));
  serving.services->later = serving.server->io_executor();
  Json document = {{"url", serving.server->url()},
                   {"port", serving.server->port()},
                   {"store", shown_location(arguments.store)},
                   {"run", arguments.run.empty() ? "models/universal" : arguments.run},
                   {"model", serving.run.model_name},
                   {"answers", serving.store->answers().count()},
                   {"mode", serving.accounts->open() ? "open" : "accounts"}};
  if (arguments.dev) document["key"] = serving.dev_key;
  return document;
}

void add_retraining_options(CLI::App& app, ServeArguments& arguments) {
  app.add_option("--retrain-every", arguments.retrain_every,
                 "hours from one training of a course's run from its answers to the next, in the "
                 "background; what comes of it serves on trial first; 0: never")
      ->check(CLI::Range(0.0, 8784.0))
      ->capture_default_str();
  app.add_option("--retrain-answers", arguments.retraining.least_answers,
                 "answers that must be new since the last one")
      ->check(CLI::Range(1, 1'000'000'000))
      ->capture_default_str();
}

void add_adapt_options(CLI::App& app, ServeArguments& arguments) {
  app.add_option(
         "--adapt", arguments.adapt,
         "auto: every course's model is tuned as its answers arrive, and swapped in once it "
         "has foreseen new answers better; off: the run stays as it is")
      ->check(CLI::IsMember({"auto", "off"}))
      ->capture_default_str();
  app.add_option("--adapt-threads", arguments.adaptation.threads,
                 "threads that tune, at the lowest priority")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_option("--keep-recommendations", arguments.keep_recommendations,
                 "on: the store keeps every recommendation with what it was made from, so that it "
                 "can be made again; off: none")
      ->check(CLI::IsMember({"on", "off"}))
      ->capture_default_str();
  app.add_option("--canary-share", arguments.adaptation.trial_share,
                 "of a course's students, whom a new run serves at first, on trial; 0: it serves "
                 "all at once")
      ->check(CLI::Range(0.0, 0.9))
      ->capture_default_str();
}

void add_people_options(CLI::App& app, ServeArguments& arguments) {
  app.add_flag("--dev", arguments.dev,
               "for development, on this machine only: prints a key for everything, and "
               "asks nobody to sign in even if the store has accounts");
  app.add_flag("--behind-tls", arguments.accounts.behind_tls,
               "people come through a proxy that ends TLS: the sessions' cookies are then "
               "for TLS only");
  app.add_option("--oidc", arguments.oidc,
                 "a JSON file that names an OpenID Connect provider whose accounts are a way in as "
                 "well: see docs/accounts.md");
}

void add_watch_options(CLI::App& app, ServeArguments& arguments) {
  const std::map<std::string, LogFormat> formats = {{"text", LogFormat::Plain},
                                                    {"json", LogFormat::JsonLines}};
  const std::map<std::string, LogRules::Which> which = {{"none", LogRules::Which::None},
                                                        {"failed", LogRules::Which::Failed},
                                                        {"all", LogRules::Which::All}};
  app.add_option("--log", arguments.log_format,
                 "the log on standard error: text, or json (one object a line)")
      ->transform(CLI::CheckedTransformer(formats))
      ->default_str("text");
  app.add_option("--log-requests", arguments.log.which,
                 "which requests are logged: none, failed (400 and above) or all")
      ->transform(CLI::CheckedTransformer(which))
      ->default_str("none");
  app.add_option("--log-sample", arguments.log.sample,
                 "of requests that succeed and change nothing log each so many-th")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_flag("--log-addresses", arguments.log.addresses,
               "log where requests come from, which is personal data");
  app.add_option("--drain-notice", arguments.drain_notice_s,
                 "seconds between the signal to stop and the last new connection; /readyz says "
                 "503 meanwhile")
      ->check(CLI::Range(0.0, 600.0))
      ->capture_default_str();
}

std::string text_of(const Json& document) {
  std::string text = fmt::format(
      "Meno is at {}/ (model {}, {} answers in {}); stop it with Ctrl-C",
      document.at("url").get<std::string>(), document.at("model").get<std::string>(),
      document.at("answers").get<std::uint64_t>(), document.at("store").get<std::string>());
  if (document.contains("key")) {
    text += fmt::format(
        "\nThe key {} may do everything until the server stops; without it this "
        "machine may, too (--dev)",
        document.at("key").get<std::string>());
  } else if (document.at("mode") == "open") {
    text +=
        "\nIt is open: everybody on this machine may do everything; meno user add or meno key "
        "add, before the next start, closes it";
  }
  return text;
}

}  // namespace

int serve_command(int argc, const char* const* argv) {
  ServeArguments arguments;
  arguments.adaptation.trial_share = 0.2;
  Serving serving;
  Invocation call("serve",
                  "Serve a run over HTTP: record answers, show mastery, choose what comes next.");
  call.app()
      .add_option("--store", arguments.store,
                  "the SQLite file of the store, made when absent, or "
                  "postgres://user:password@host:port/database")
      ->required();
  call.app().add_option("--run", arguments.run,
                        "the folder of the run to serve (default: models/universal near the "
                        "program, which knows how students learn and no course)");
  call.app().add_option("--runs", arguments.runs,
                        "the folder for tuned runs (default: STORE.runs beside a SQLite file, "
                        "meno.runs with PostgreSQL)");
  call.app()
      .add_option("--port", arguments.server.port, "the port to listen on, 0 for any free one")
      ->capture_default_str();
  call.app()
      .add_option("--host", arguments.server.host,
                  "the address to listen on; others than 127.0.0.1 are open to the network")
      ->capture_default_str();
  call.app()
      .add_option("--threads", arguments.server.threads, "I/O threads, 0 for one per core")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  call.app().add_option("--web", arguments.web,
                        "the folder of the built web app (default: web/dist near the program)");
  add_adapt_options(call.app(), arguments);
  add_retraining_options(call.app(), arguments);
  add_people_options(call.app(), arguments);
  add_transport_options(call.app(), arguments.transport, arguments.server);
  add_watch_options(call.app(), arguments);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file size limit is then a failed write, like a full disk
  const int code = call.run(
      argc, argv, [&] { return prepare(arguments, serving); }, &text_of);
  if (code != 0 || !serving.server) return code;
  std::fflush(stdout);
  set_up_log(arguments.log_format);
  Application application(
      *serving.services, std::move(serving.files), serving.server->worker_executor(),
      rate_of(arguments.transport),
      {.server = [&serving] { return serving.server->figures(); }, .log = arguments.log});
  const HttpHandler handler = [&application](HttpRequest request, Respond respond) {
    application.handle(std::move(request), std::move(respond));
  };
  if (serving.adaptation) serving.adaptation->start();
  if (serving.retraining) serving.retraining->start();
  serving.server->run(handler, true);
  serving.openid.reset();  // what still waits for the provider would answer to the application
  if (serving.retraining) serving.retraining->stop();
  if (serving.adaptation) serving.adaptation->stop();
  end_log();
  return 0;
}

}  // namespace meno
