// The session's lessons and claims: runs beside the window, and runs that a link asks for.
#include <utility>

#include "app/measured_run.h"
#include "app/run_policies.h"
#include "app/session_client.h"

namespace golanes::app {

void SessionClient::on(const ui::command::MeasureAnswer& c) {
    answer_.reset();
    auto runner = AnswerRunner::start(c.scenario, program_, [this] { news(); });
    if (runner.ok()) {
        answer_ = std::move(runner).value();
        return;
    }
    frame_.answer = {};
    frame_.answer.scenario = c.scenario;
    frame_.answer.error = runner.error().message;
}

void SessionClient::on(const ui::command::StopMeasuring& /*c*/) {
    if (answer_ != nullptr)
        answer_->stop();
}

void SessionClient::on(const ui::command::MeasureClaims& c) {
    if (claims_ == nullptr)
        claims_ = std::make_unique<ClaimRunner>(program_, [this] { news(); });
    if (const Status started = claims_->start(c.rows); !started)
        notify(ui::Notice::Kind::Error, started.error().message);
}

void SessionClient::on(const ui::command::StopClaims& /*c*/) {
    if (claims_ != nullptr)
        claims_->stop();
}

// As on the command line, but where the words do not name an engine the present one stays, and
// where they name no costs the window's are charged: there is something to look at.
void SessionClient::on(const ui::command::RunWords& c) {
    auto options = options_from_words(c.scenario, c.words);
    if (!options.ok())
        return notify(ui::Notice::Kind::Error, options.error().message);
    const bool keeps_engine = options->engine.empty();
    auto plan = plan_run(options.value());
    if (!plan.ok())
        return notify(ui::Notice::Kind::Error, plan.error().message);
    if (keeps_engine)
        plan->settings.is_virtual = frame_.run.is_virtual && !plan->entry->scenario->real_only;
    plan_ = std::move(plan).value();
    show_plan();
    const auto costs = static_cast<std::size_t>(catalog::PolicyId::Costs);
    auto policies = policies_of(plan_.settings);
    policies[costs] = catalog::watched_policies()[costs];
    frame_.run.policies = std::move(policies);
    start_run();
}

void SessionClient::look_after_lessons() {
    if (answer_ != nullptr)
        frame_.answer = answer_->poll();
    if (claims_ != nullptr)
        frame_.claims = claims_->poll();
}

}  // namespace golanes::app
