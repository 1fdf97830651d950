// Every format on a tiny source of its own: which answers come out, and that "auto" knows the
// format.
#include <gtest/gtest.h>

#include "import/testing.h"
#include "import/values.h"

namespace meno {
namespace {

struct Case {
  const char* why;
  const char* format;  // what auto must find
  MemoryFiles files;
  FormatOptions options;
  std::vector<std::string> answers;
  std::vector<std::string> refusals;
};

std::vector<Case> cases() {
  const std::string questions =
      "question_id,bundle_id,explanation_id,correct_answer,part,tags,deployed_at\n"
      "q1,b1,e1,b,1,1;2,0\nq2,b1,e1,a,1,-1,0\n";
  return {
      {"commas, lists of skills, both kinds of time",
       "csv",
       {{"a.csv",
         "user_id,item_id,skills,correct,timestamp,response_ms\ns1,i1,k1;k2,1,1700000000,250\n"
         "s2,i2,k2,false,2023-11-14T22:13:20Z,\n"}},
       {},
       {"s1 i1 [k1+k2] 1 @1700000000000 ~250", "s2 i2 [k2] 0 @1700000000000"},
       {}},
      {"tabs, quotes, a quoted line break, a byte order mark",
       "csv",
       {{"a.tsv",
         "\xEF\xBB\xBF\"Student ID\"\tProblem\tCorrect\ns1\t\"say "
         "\"\"hi\"\"\nthere\"\t1\ns2\tp\t0\n"}},
       {},
       {"s1 say \"hi\"\nthere [say \"hi\"\nthere] 1", "s2 p [p] 0"},
       {}},
      {"semicolons and Chinese columns",
       "csv",
       {{"a.csv", "学号;题目;知识点;正确\n7;甲;分数;对\n8;乙;小数;错\n"}},
       {},
       {"7 甲 [分数] 1", "8 乙 [小数] 0"},
       {}},
      {"an explicit mapping",
       "csv",
       {{"a.csv", "who,what,won\ns1,i1,3\ns1,i2,9\n"}},
       {.columns = {{"student", "who"}, {"item", "2"}, {"correct", "won"}}, .full_score = 4},
       {"s1 i1 [i1] 0.75"},
       {"3 correct"}},
      {"no header",
       "csv",
       {{"a.csv", "11,501,1,1700000000\n11,502,0,1700000060\n12,501,0,1700000000\n"}},
       {},
       {"11 501 [501] 1 @1700000000000", "11 502 [502] 0 @1700000060000",
        "12 501 [501] 0 @1700000000000"},
       {}},
      {"rows that are refused one by one",
       "csv",
       {{"a.csv",
         "user_id,item_id,correct,timestamp\ns,i,maybe,1\ns,i,,1\ns,i,1,noon\ns,i,1\n"
         "s,\xFF\xFE,1,1\nuser_id,item_id,correct,timestamp\ns,\"i,1,1\ns,i,1,1\n"}},
       {},
       {"s i [i] 1 @1000"},
       {"2 correct", "3 correct", "4 time", "5 row", "6 row", "7 row", "8 row"}},
      {"events",
       "jsonl",
       {{"a.jsonl",
         "{\"student\": 1, \"item\": \"i\", \"skills\": [\"a\", 2], \"correct\": true, \"at\": "
         "1700000000}\nnot json\n"}},
       {},
       {"1 i [a+2] 1 @1700000000000"},
       {"2 line"}},
      {"histories with exercises beside them",
       "jsonl",
       {{"e.jsonl",
         "{\"exercise_id\": \"1\", \"skill_ids\": [\"4\"], \"skill_desc\": [\"borrow\"]}\n"},
        {"r.jsonl",
         "{\"student_id\": \"s\", \"exercises_logs\": [\"1\", \"2\"], \"is_corrects\": [\"0\", "
         "\"maybe\"]}\n"}},
       {},
       {"s 1 [borrow] 0"},
       {"1 is_corrects"}},
      {"blocks of four, folds by file name",
       "akt",
       {{"x_test1.csv", "1,70\n5,6\n1,2\n1,0\n"}, {"x_trainonly.csv", "2,71\n5\n1\n1\n"}},
       {},
       {"70 5 [1] 1 /test1", "70 6 [2] 0 /test1", "71 5 [1] 1 /trainonly"},
       {}},
      {"blocks of three whose students have no names",
       "akt",
       {{"x_test1.csv", "2\n5,6\n1,0\n2\n7,8\n0,1\n"}},
       {},
       {"test1-1 5 [5] 1 /test1", "test1-1 6 [6] 0 /test1", "test1-2 7 [7] 0 /test1",
        "test1-2 8 [8] 1 /test1"},
       {}},
      {"train files that repeat the test files",
       "akt",
       {{"x_test1.csv", "1,70\n5\n1\n1\n"}, {"x_train1.csv", "1,70\n5\n1\n1\n9,79\n6\n1\n0\n"}},
       {},
       {"70 5 [1] 1 /test1", "79 6 [1] 0 /trainonly"},
       {}},
      {"a review log: again is wrong, a change of schedule is no answer",
       "anki",
       {{"ann.csv",
         "id,cid,usn,ease,ivl,lastIvl,factor,time,type\n"
         "1700000000000,5,1,3,1,0,0,900,0\n1700000001000,5,1,1,1,1,0,0,1\n"
         "1700000002000,6,1,0,1,1,0,0,4\n1700000003000,6,1,7,1,1,0,0,1\n"}},
       {},
       {"ann 5 [5] 1 @1700000000000 ~900", "ann 5 [5] 0 @1700000001000"},
       {"5 ease"}},
      {"a table with its matrix",
       "gervet",
       {{"preprocessed_data_train.csv",
         "user_id\titem_id\ttimestamp\tcorrect\tskill_id\n0\t7\t60\t1\t99\n"},
        {"q_mat.csv", "item_id,skill_id\n7,1\n7,3\n"}},
       {},
       {"0 7 [1+3] 1 @60000 /train"},
       {}},
      {"blocks of six",
       "pykt",
       {{"data.txt", "u1,2\n5,6\n1_2,3\n1,0\n1700000000000,1700000001000\n300,NA\n"}},
       {},
       {"u1 5 [1+2] 1 @1700000000000 ~300", "u1 6 [3] 0 @1700000001000"},
       {}},
      {"sequences with padding and folds",
       "pykt",
       {{"train_valid_sequences.csv",
         "fold,uid,questions,concepts,responses,timestamps,selectmasks,is_repeat\n"
         "2,9,\"5,5,-1\",\"1,2,-1\",\"1,1,-1\",\"1700000000000,1700000000000,-1\",\"1,1,-1\",\"0,1,"
         "-1\"\n"}},
       {},
       {"9 5 [1] 1 @1700000000000 /fold2", "9 5 [2] 1 @1700000000000 /fold2"},
       {}},
      {"2009",
       "assistments",
       {{"a.csv",
         "order_id,user_id,problem_id,correct,ms_first_response,sequence_id,skill_id,school_id\n"
         "8,70,5,1,900,1,12,73\n9,70,6,0,800,1,,73\n"}},
       {},
       {"70 5 [12] 1 ~900", "70 6 [] 0 ~800"},
       {}},
      {"2015: skills only",
       "assistments",
       {{"a.csv", "user_id,log_id,sequence_id,correct\n70,3,14,1\n"}},
       {},
       {"70 14 [14] 1"},
       {}},
      {"2017: seconds",
       "assistments",
       {{"a.csv",
         "studentId,action_num,skill,problemId,assistmentId,startTime,endTime,timeTaken,correct\n"
         "8,1,mean,11,1,1096470301,1096470350,49,0\n"}},
       {},
       {"8 11 [mean] 0 @1096470350000 ~49000"},
       {}},
      {"the last response before the submission counts",
       "ednet",
       {{"questions.csv", questions},
        {"u5.csv",
         "timestamp,action_type,item_id,cursor_time,source,user_answer,platform\n"
         "1700000000000,enter,b1,,s,,m\n1700000001000,respond,q1,,s,a,m\n"
         "1700000002000,respond,q2,,s,a,m\n1700000003000,respond,q1,,s,b,m\n"
         "1700000004000,submit,b1,,s,,m\n1700000005000,respond,q1,,s,b,m\n"}},
       {},
       {"u5 q1 [1+2] 1 @1700000003000 ~3000", "u5 q2 [] 1 @1700000002000 ~2000"},
       {}},
      {"KT1",
       "ednet",
       {{"questions.csv", questions},
        {"u5.csv",
         "timestamp,solving_id,question_id,user_answer,elapsed_time\n1700000000000,1,q1,c,"
         "47000\n"}},
       {},
       {"u5 q1 [1+2] 0 @1700000000000 ~47000"},
       {}},
      {"KT1, with a comma in the name of a column",
       "ednet",
       {{"questions.csv",
         "question_id,bundle_id,\"why, in short\",correct_answer,part,tags\nq1,b1,e1,b,1,1;2\n"},
        {"u5.csv",
         "timestamp,solving_id,question_id,user_answer,elapsed_time\n1700000000000,1,q1,c,"
         "47000\n"}},
       {},
       {"u5 q1 [1+2] 0 @1700000000000 ~47000"},
       {}},
      {"0 and 1",
       "matrix",
       {{"m.csv", "q1,q2,q3,age\n1,0,NA,14\n0,1,1,15\n"}},
       {},
       {"row 1 q1 [q1] 1", "row 1 q2 [q2] 0", "row 2 q1 [q1] 0", "row 2 q2 [q2] 1",
        "row 2 q3 [q3] 1"},
       {"2 answer"}},
      {"options with a key",
       "matrix",
       {{"m.csv", "id,q1,q2\nann,4,2\nbob,1,3\n"}},
       {.key = "4 3", .items = "q1..q2"},
       {"ann q1 [q1] 1", "ann q2 [q2] 0", "bob q1 [q1] 0", "bob q2 [q2] 1"},
       {}},
  };
}

TEST(Importers, ReadTheAnswersOfEveryFormatUnasked) {
  for (const Case& c : cases()) {
    RecordingSink sink;
    const auto read = import_from_memory("auto", c.files, c.options, sink);
    ASSERT_TRUE(read.has_value()) << c.why << ": " << read.error().message;
    EXPECT_EQ(sink.answers, c.answers) << c.format << ": " << c.why;
    EXPECT_EQ(sink.refusals, c.refusals) << c.format << ": " << c.why;
    RecordingSink named;
    ASSERT_TRUE(import_from_memory(c.format, c.files, c.options, named).has_value()) << c.why;
    EXPECT_EQ(named.answers, c.answers) << c.format << " when named: " << c.why;
  }
}

TEST(ParseTime, KnowsSecondsMillisecondsAndDates) {
  const auto ms = [](std::string_view text) -> std::int64_t {
    const auto at = parse_time(text);
    return at ? at->time_since_epoch().count() : -999;
  };
  EXPECT_EQ(ms("1700000000"), 1700000000000);
  EXPECT_EQ(ms("1700000000123"), 1700000000123);
  EXPECT_EQ(ms("1700000000.5"), 1700000000500);
  EXPECT_EQ(ms("2012-09-28 15:11:32.25"), 1348845092250);
  EXPECT_EQ(ms("2012-09-28T15:11:32+08:00"), 1348816292000);
  EXPECT_EQ(ms("2012/09/28"), 1348790400000);
  EXPECT_EQ(ms("-5"), -5000);
  for (const char* const no :
       {"", "noon", "2012-13-01", "2012-02-30", "2012-01-01 25:00", "12:00"}) {
    EXPECT_EQ(ms(no), -999) << no;
  }
}

TEST(ParseAnswer, TakesOnlyAnswers) {
  for (const char* const right : {"1", "1.0", "true", "TRUE", "Yes", "correct", "正确"}) {
    EXPECT_EQ(parse_answer(right), 1.0F) << right;
  }
  for (const char* const wrong : {"0", "0.0", "False", "no", "wrong", "错"}) {
    EXPECT_EQ(parse_answer(wrong), 0.0F) << wrong;
  }
  EXPECT_EQ(parse_answer("0.25"), 0.25F);
  for (const char* const no : {"maybe", "2", "-1", "nan", "inf", "1e9", "", "1 "}) {
    EXPECT_FALSE(parse_answer(no).has_value()) << no;
  }
}

}  // namespace
}  // namespace meno
