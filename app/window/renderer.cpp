#include "app/window/renderer.h"

#include <algorithm>

#include <GL/gl.h>
#include <backends/imgui_impl_opengl3.h>

#include <imgui.h>

#include "app/window/draw_hash.h"

namespace golanes::app {
namespace {

ImGuiContext* make_context() {
    IMGUI_CHECKVERSION();
    ImGuiContext* context = ImGui::CreateContext();
    ImGui::SetCurrentContext(context);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;  // else ImGui writes imgui.ini into the working directory
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
    ui::InputQueue::set_up(io);
    return context;
}

/// Pixels of the surface per unit of its size.
float density(const Surface& surface) {
    if (surface.width <= 0)
        return 1;
    return static_cast<float>(surface.width_px) / static_cast<float>(surface.width);
}

}  // namespace

void Renderer::ContextDeleter::operator()(ImGuiContext* context) const {
    ImGui::DestroyContext(context);
}

Renderer::Renderer() : context_(make_context()) {}

Result<std::unique_ptr<Renderer>> Renderer::create() {
    std::unique_ptr<Renderer> renderer(new Renderer);
    renderer->backend_ready_ = ImGui_ImplOpenGL3_Init("#version 330 core");
    if (!renderer->backend_ready_)
        return Error{"OpenGL cannot be used: its library libGL.so.1 does not load; install libgl1"};
    return renderer;
}

Renderer::~Renderer() {
    ImGui::SetCurrentContext(context_.get());
    if (backend_ready_)
        ImGui_ImplOpenGL3_Shutdown();
}

bool Renderer::frame(const ui::FrameInput& content,
                     const Surface& surface,
                     DurationNs since_last,
                     std::vector<ui::Command>& commands) {
    ImGui::SetCurrentContext(context_.get());
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(surface.width), static_cast<float>(surface.height)};
    io.DisplayFramebufferScale = {density(surface), density(surface)};
    io.DeltaTime = std::max(1e-4F, static_cast<float>(since_last) / static_cast<float>(kSecond));
    prepare(content, surface);
    build(content, commands);
    const std::uint64_t hash = hash_of(*ImGui::GetDrawData());
    if (drawn_ && hash == drawn_hash_ && surface == drawn_surface_)
        return false;
    draw(surface);
    drawn_ = true;
    drawn_hash_ = hash;
    drawn_surface_ = surface;
    return true;
}

void Renderer::prepare(const ui::FrameInput& content, const Surface& surface) {
    const float scale = content.scale * surface.content_scale / density(surface);
    if (!shell_.prepare(content.language, content.theme, scale))
        return;
    if (has_texture_) {  // the first one is made by the backend, with its other objects
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        ImGui_ImplOpenGL3_CreateFontsTexture();
    }
    has_texture_ = true;
    forget_picture();
}

void Renderer::build(const ui::FrameInput& content, std::vector<ui::Command>& commands) {
    input_.pump(ImGui::GetIO());
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    report_.begin();
    shell_.draw(content, input_.pressed(), commands);
    report_.end();
    ImGui::Render();
}

void Renderer::draw(const Surface& surface) {
    const float* color = shell_.clear_color();
    glViewport(0, 0, surface.width_px, surface.height_px);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(color[0], color[1], color[2], 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

int Renderer::mouse_cursor() const {
    ImGui::SetCurrentContext(context_.get());
    return ImGui::GetMouseCursor();
}

bool Renderer::text_field_active() const {
    ImGui::SetCurrentContext(context_.get());
    return ImGui::GetIO().WantTextInput;
}

}  // namespace golanes::app
