#include "core/lessons/markdown.h"

#include <utility>

#include <fmt/format.h>
#include <md4c.h>

#include "core/base/check.h"

namespace golanes::lessons {
namespace {

struct List {
    bool ordered = false;
    unsigned next = 1;
};

// A common Chinese character, or punctuation of that script, begins with one of these bytes.
bool is_chinese(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xE3 && byte <= 0xE9) || byte == 0xEF;
}

bool ends_in_chinese(const std::string& text) {
    return text.size() >= 3 && is_chinese(text[text.size() - 3]);
}

/// Takes md4c's calls in their order.
class Reader {
 public:
    void enter_block(MD_BLOCKTYPE type, const void* detail) {
        switch (type) {
            case MD_BLOCK_UL:
                lists_.push_back({});
                break;
            case MD_BLOCK_OL:
                lists_.push_back({true, static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start});
                break;
            case MD_BLOCK_LI:
                begin_item();
                break;
            case MD_BLOCK_H:
                begin(BlockKind::Heading,
                      static_cast<int>(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level));
                break;
            case MD_BLOCK_CODE:
                begin(BlockKind::Code, depth());
                break;
            case MD_BLOCK_P:
                begin(lists_.empty() ? BlockKind::Paragraph : BlockKind::Item, depth());
                break;
            default:
                break;
        }
    }

    void leave_block(MD_BLOCKTYPE type) {
        const bool is_list = type == MD_BLOCK_UL || type == MD_BLOCK_OL;
        if (is_list && !lists_.empty())
            lists_.pop_back();
        if (type != MD_BLOCK_DOC)
            is_open_ = false;
    }

    void enter_span(MD_SPANTYPE type, const void* detail) {
        set_style(type, true);
        if (type != MD_SPAN_A)
            return;
        const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
        link_.assign(href.text, href.size);
    }

    void leave_span(MD_SPANTYPE type) {
        set_style(type, false);
        if (type == MD_SPAN_A)
            link_.clear();
    }

    void text(MD_TEXTTYPE type, std::string_view text) {
        if (type == MD_TEXT_SOFTBR)
            pending_break_ = true;
        else
            put(type == MD_TEXT_BR ? "\n" : text);
    }

    std::vector<TextBlock> take() {
        for (TextBlock& block : blocks_) {  // md4c ends code with a line's end
            if (block.kind == BlockKind::Code && !block.runs.empty() &&
                block.runs.back().text.ends_with('\n'))
                block.runs.back().text.pop_back();
        }
        return std::move(blocks_);
    }

 private:
    [[nodiscard]] int depth() const { return static_cast<int>(lists_.size()); }

    void begin(BlockKind kind, int level) {
        if (kind == BlockKind::Item && is_open_ && blocks_.back().runs.empty())
            return;  // the item's own first paragraph
        blocks_.push_back({kind, level, {}, {}});
        is_open_ = true;
        pending_break_ = false;
    }

    void begin_item() {
        is_open_ = false;
        begin(BlockKind::Item, depth());
        List& list = lists_.back();
        blocks_.back().marker = list.ordered ? fmt::format("{}.", list.next++) : "•";
    }

    void set_style(MD_SPANTYPE type, bool on) {
        if (type == MD_SPAN_STRONG)
            style_.strong = on;
        else if (type == MD_SPAN_EM)
            style_.emphasis = on;
        else if (type == MD_SPAN_CODE)
            style_.code = on;
    }

    void put(std::string_view text) {
        if (!is_open_)
            begin(BlockKind::Paragraph, depth());
        std::vector<TextRun>& runs = blocks_.back().runs;
        if (pending_break_ && !runs.empty() && !text.empty() &&
            !(ends_in_chinese(runs.back().text) && is_chinese(text.front())))
            append(" ");
        pending_break_ = false;
        append(text);
    }

    void append(std::string_view text) {
        std::vector<TextRun>& runs = blocks_.back().runs;
        if (!runs.empty() && runs.back().style == style_ && runs.back().link == link_)
            runs.back().text += text;
        else
            runs.push_back({std::string(text), style_, link_});
    }

    std::vector<TextBlock> blocks_;
    std::vector<List> lists_;
    TextStyle style_;
    std::string link_;
    bool is_open_ = false;        ///< The last block still takes text.
    bool pending_break_ = false;  ///< A line of the source ended before what comes next.
};

Reader& reader(void* data) {
    return *static_cast<Reader*>(data);
}

}  // namespace

std::vector<TextBlock> parse_markdown(std::string_view text) {
    Reader taken;
    MD_PARSER parser{};
    parser.flags = MD_FLAG_NOHTML;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* data) {
        reader(data).enter_block(type, detail);
        return 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* data) {
        reader(data).leave_block(type);
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) {
        reader(data).enter_span(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* data) {
        reader(data).leave_span(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* from, MD_SIZE size, void* data) {
        reader(data).text(type, {from, size});
        return 0;
    };
    const int failed = md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &taken);
    GOLANES_CHECK(failed == 0, "md4c fails only without memory: all calls return 0");
    return taken.take();
}

}  // namespace golanes::lessons
